//go:build !unix

package undumpable

func restrict() {}
