//go:build unix && !linux

package undumpable

func restrict() { noCore() }
