//go:build !race

package synology

const walkObjects = 99_999
