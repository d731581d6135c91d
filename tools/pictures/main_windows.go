// Command pictures needs a pty, which Windows has not.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "pictures: needs a pty, which Windows has not")
	os.Exit(1)
}
