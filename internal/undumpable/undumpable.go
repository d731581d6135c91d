// Package undumpable keeps the process's memory, in which passwords are, out of
// core files and, where the system offers it, out of the reach of the same
// user's other programs.
package undumpable

// Make makes the process so. What the system does not offer is left out.
func Make() { restrict() }
