package main

import (
	"context"
	"runtime"

	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/models"
)

func measureMemory(ctx context.Context, r *report) error {
	server, backend, closeAll, err := connect(ctx, 0)
	if err != nil {
		return err
	}
	defer closeAll()
	before := heap()
	listing := rows.NewListing(server.LargeDN(), true)
	for page, err := range walk.Pages(ctx, backend, models.ListRequest{Base: server.LargeDN()}, walk.Options{}) {
		if err != nil {
			return err
		}
		listing.Add(page)
	}
	r.figure("objects loaded", float64(listing.Loaded()), "objects")
	r.figure("object in a listing, all texts included", float64(heap()-before)/float64(listing.Loaded()), "bytes")
	runtime.KeepAlive(listing)
	return nil
}

// heap is the live heap in bytes.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
