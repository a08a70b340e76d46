"""`python -m muniment`: the command line, also where no script of it is on the path."""

from muniment.app.main import main

main()
