// Command dirdesk is a directory browser for the help desk, in the terminal.
package main

import (
	"os"

	"dirdesk/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.System()))
}
