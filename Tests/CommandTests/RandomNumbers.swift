/// Numbers that look random and are the same in every run.
struct RandomNumbers {
  private var state: Int

  init(seed: Int) { state = seed }

  /// A number from zero up to, and without, a bound.
  mutating func next(_ bound: Int) -> Int {
    state = (state &* 1_103_515_245 &+ 12_345) & 0x7fff_ffff
    return (state >> 8) % bound
  }
}
