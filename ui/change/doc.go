// Package change takes a wish to its end: a form asks for it, the desk plans it,
// the person sees what would be different and agrees, the desk applies it while
// they go on working, and what became of each object is said. Nothing is sent
// that was not seen, and nothing is called done before the server said so.
package change
