// Package erase writes over memory that is no longer used: Go frees it as it is, with
// the passwords that libraries have copied on their way to a server or to the screen.
package erase

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// more is how much new memory the writing may take for blocks of one size: by then the
// old ones are all used again.
const more = 128 << 10

// largest is the size from which a block is memory of its own, which goes back to the
// system when it is freed.
const largest = 32 << 10

// Freed collects what is no longer used, gives the system back what it can, and writes
// over the rest: it takes every block that is free until it gets new ones. Blocks with
// pointers are left alone; no text is in them.
func Freed() {
	runtime.GC() // what a pool holds goes with the second
	debug.FreeOSMemory()
	for _, size := range sizes() {
		fill(size)
	}
	debug.FreeOSMemory()
}

// fill takes the free blocks of a size. Go writes zeros over a block that it gives.
func fill(size int) {
	most := inUse() + more
	var taken [][]byte
	for inUse() < most {
		for range max(8<<10/size, 1) {
			taken = append(taken, make([]byte, size))
		}
	}
	runtime.KeepAlive(taken)
}

// sizes are those that Go's allocator knows. The table that it tells ends early.
func sizes() (all []int) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	for _, class := range stats.BySize {
		if class.Size >= 16 { // smaller ones share blocks of 16 bytes
			all = append(all, int(class.Size))
		}
	}
	for size := all[len(all)-1]; size < largest; {
		size += 1 << 10
		all = append(all, size)
	}
	return all
}

// inUse is the memory of blocks, used or free, in bytes.
func inUse() (bytes uint64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	metrics.Read(samples)
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			bytes += s.Value.Uint64()
		}
	}
	return bytes
}
