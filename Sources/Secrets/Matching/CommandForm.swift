/// How a program takes a password on its command line.
enum CommandForm: Sendable {
  /// `-u user:password`, under any of these names.
  case userOption([StaticString])
  /// `-p password` under any of these names.
  case option([StaticString])
  /// `-ppassword`.
  case joined
  /// The word that follows so many others, options aside.
  case word(Int)
  /// The same where it stands in quotes, since a bare word would be an expression.
  case quotedWord(Int)
  /// `user:password` as the word that follows so many others.
  case pair(Int)
  /// The last word, where an option has the letter `b`.
  case batch
  /// `-U user%password`.
  case percent
  /// The standard input of a command that has this option, or of any: `echo password | tool`, `tool <<< password`.
  case input(StaticString?)

  /// The form behind each text that a command, or a line like one, starts with; in lower case.
  static let all: [(start: StaticString, form: CommandForm)] = [
    ("curl ", .userOption(["-u", "--user"])), ("http -a ", .userOption(["-a"])), ("https -a ", .userOption(["-a"])),
    ("etcdctl ", .userOption(["--user"])), ("govc ", .userOption(["-u"])),
    ("sshpass ", .option(["-p"])), ("docker login ", .option(["-p"])), ("podman login ", .option(["-p"])),
    ("skopeo login ", .option(["-p"])), ("skopeo ", .userOption(["--creds", "--src-creds", "--dest-creds"])),
    ("nerdctl login ", .option(["-p"])), ("registry login ", .option(["-p"])), ("oras login ", .option(["-p"])),
    ("ncli ", .option(["-p"])), ("auth.password -v ", .word(1)),
    ("crane auth login ", .option(["-p"])), ("az login ", .option(["-p"])), ("oc login ", .option(["-p"])),
    ("cf login ", .option(["-p"])), ("nuget add source ", .option(["-p"])), ("ipmitool ", .option(["-P"])),
    ("racadm ", .option(["-p"])), ("sqlcmd ", .option(["-P"])), ("redis-cli ", .option(["-a"])),
    ("redis-cli\"", .option(["-a"])), ("mongosh ", .option(["-p"])), ("mongosh\"", .option(["-p"])),
    ("mongodump ", .option(["-p"])), ("ldapsearch ", .option(["-w"])), ("ldapadd ", .option(["-w"])),
    ("ldapmodify ", .option(["-w"])), ("ldappasswd ", .option(["-w"])), ("plink ", .option(["-pw"])),
    ("zip -", .option(["-P"])),
    (
      "keytool ", .option(["-storepass", "-keypass", "-srcstorepass", "-deststorepass", "-srckeypass", "-destkeypass"])
    ),

    ("openssl enc ", .option(["-k"])), ("snmpwalk ", .option(["-A", "-X"])), ("snmpget ", .option(["-A", "-X"])),
    ("mysql ", .joined), ("mysqldump ", .joined), ("mysqladmin ", .joined), ("mysql\"", .joined),
    ("mysqladmin\"", .joined), ("7z a ", .joined), ("7z x ", .joined),
    ("mc alias set ", .word(6)), ("mc config host add ", .word(7)), ("rabbitmqctl add_user ", .word(3)),
    ("rabbitmqctl change_password ", .word(3)), ("sentinel auth-pass ", .word(3)), ("dns cloudflare ", .word(2)),
    ("rootpw --plaintext ", .word(1)), ("-server community ", .word(1)), ("tacacs-server key ", .word(2)),
    ("radius-server key ", .word(2)), ("option key '", .word(2)), ("convertto-securestring ", .quotedWord(1)),
    ("stats auth ", .pair(2)), ("]:587 ", .pair(1)), ("]:465 ", .pair(1)), ("]:25 ", .pair(1)),
    ("htpasswd -", .batch), ("smbclient ", .percent),
    ("kinit ", .input(nil)), ("sudo -s ", .input("-S")), ("passwd --stdin", .input("--stdin")),
  ]
}
