package erase_test

import (
	"bytes"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"unsafe"

	"dirdesk/internal/erase"
)

// What was in blocks of any size is gone, although their neighbours are still used.
func TestFreed(t *testing.T) {
	memory, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Skip(err)
	}
	defer memory.Close()
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // until it is asked for, nothing is freed
	mark := []byte("what-is-freed-is")
	type block struct {
		at   int64
		size int
	}
	var dropped []block
	var kept [][]byte
	for _, size := range []int{16, 24, 48, 64, 304, 1024, 4096, 16 << 10, 30 << 10, 100 << 10} {
		for i := range 100 {
			b := bytes.Repeat(mark, size/len(mark))
			if i%2 == 0 {
				kept = append(kept, b)
				continue
			}
			dropped = append(dropped, block{int64(uintptr(unsafe.Pointer(unsafe.SliceData(b)))), len(b)})
		}
	}
	count := func() (n int) {
		for _, d := range dropped {
			held := make([]byte, d.size)
			_, _ = memory.ReadAt(held, d.at) // what went back to the system may be gone
			if bytes.Contains(held, mark) {
				n++
			}
			clear(held)
		}
		return n
	}
	if before := count(); before < len(dropped)*9/10 {
		t.Fatalf("only %d of %d blocks are found before", before, len(dropped))
	}
	erase.Freed()
	if after := count(); after > 4 {
		t.Errorf("%d of %d blocks are as they were", after, len(dropped))
	}
	runtime.KeepAlive(kept)
}
