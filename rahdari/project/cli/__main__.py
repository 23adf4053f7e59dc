from rahdari.project.cli.app import main

main()
