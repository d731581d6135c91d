//go:build unix

package privatefile

import (
	"io/fs"
	"syscall"
)

// noFollow keeps the system from opening a link's target.
const noFollow = syscall.O_NOFOLLOW

// ownerOf is the number of the user whose file it is.
func ownerOf(info fs.FileInfo) (uid int, known bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}
