// Package ui is the screen: a Bubble Tea program whose root hands every key
// first to what lies on top, then to the page while it takes text, then to the
// page's actions, then to those of the whole program. It knows a directory only
// through package desk and no protocol at all.
package ui
