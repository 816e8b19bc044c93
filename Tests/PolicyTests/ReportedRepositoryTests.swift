import Policy
import Testing

@Suite struct ReportedRepositoryTests {
  @Test(arguments: [
    ("/srv/x", "https://git.example.com/onwards/fleet.git", "onwards/fleet"),
    ("/srv/x", "https://git.example.com/group/sub/fleet/", "group/sub/fleet"),
    ("/srv/x", "git.example.com:onwards/fleet.git", "onwards/fleet"), ("/srv/x", "ssh://h:22/~/fleet", "~/fleet"),
    ("/srv/x", "/mirrors/fleet.git", "fleet"), ("/srv/x", "file:///mirrors/fleet.git", "fleet"),
    ("/srv/x", "../fleet", "fleet"), ("/srv/x", "https://git.example.com", "x"), ("/srv/x", "", "x"),
    ("/srv/x", nil, "x"), ("/srv/fleet.git", nil, "fleet"), ("/srv/fleet/.git", nil, "fleet"),
    ("/srv/owner+name/repo", nil, "owner+name"), ("/srv/owner+name/repo.git", nil, "owner+name"), ("/", nil, "/"),
    ("repo", nil, "repo"), (".git", nil, ".git"), ("fleet", nil, "fleet"),
  ])
  func `a repository is called by its address, else by its folder`(
    _ path: String, _ address: String?, _ name: String
  ) {
    #expect(ReportedRepository(path: path, address: address).name == name)
  }
}
