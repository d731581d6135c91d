// Package soak plays what a person may do, at random and for long, on the program in a
// terminal, while the simulator behind it fails, is slow and loses answers. In the end
// the journal has to tell what the simulator knows.
package soak
