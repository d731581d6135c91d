// Package layers has moved to test/layers. This file goes when nothing names
// the old place any more.
package layers
