// Package endtoend tests the program that people get: the binary, built once,
// in a terminal of its own, against a simulator or a real domain controller.
package endtoend
