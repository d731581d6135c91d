package privatefile

import "os"

// Windows has no permission bits: Go reports 0666 for every writable file. What
// lies in a person's profile folder is closed to others by its access list.

func readableByOthers(os.FileMode) bool { return false }

func writableByOthers(os.FileMode) bool { return false }
