//go:build race

package synology

// The race detector makes the big walk some ten times slower.
const walkObjects = 9_999
