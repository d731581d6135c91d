// Package layers has no code: its test reads the imports of the whole module
// and holds the layering that docs/architecture.md draws.
package layers
