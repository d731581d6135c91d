// Package desk is the help desk's engine between the screen and a directory:
// what can be browsed, how a big container is read, and (with the next issue)
// the one door through which every change goes. It declares the small
// interfaces that a backend implements and knows no protocol and no screen.
package desk
