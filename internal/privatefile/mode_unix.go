//go:build !windows

package privatefile

import "os"

func readableByOthers(mode os.FileMode) bool { return mode.Perm()&0o044 != 0 }

func writableByOthers(mode os.FileMode) bool { return mode.Perm()&0o022 != 0 }
