package main

import (
	"context"
	"fmt"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/walk"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/synology"
)

// plainPage is DSM's own page size, and that of the public clients.
const plainPage = 40

func measureWalk(ctx context.Context, r *report) error {
	for _, latency := range []time.Duration{0, 50 * time.Millisecond} {
		server, backend, closeAll, err := connect(ctx, latency)
		if err != nil {
			return err
		}
		ours, err := timeWalk(server, func() (int, error) { return readAll(ctx, server, backend) })
		if err == nil {
			var plain figures
			plain, err = timeWalk(server, func() (int, error) { return plainWalk(ctx, server, backend) })
			at := fmt.Sprintf("at %v latency", latency)
			ours.print(r, "dirdesk "+at)
			plain.print(r, "plain walk "+at)
			r.figure("plain walk / dirdesk "+at, plain.took.Seconds()/ours.took.Seconds(), "times as long")
		}
		closeAll()
		if err != nil {
			return err
		}
	}
	return nil
}

type figures struct {
	objects, requests int
	took              time.Duration
}

func (f figures) print(r *report, name string) {
	r.figure(name, float64(f.objects), "objects")
	r.figure(name, float64(f.requests), "requests")
	r.figure(name, float64(f.took.Milliseconds()), "ms")
}

func timeWalk(server *simulator.Server, read func() (int, error)) (figures, error) {
	requests, started := server.Requests(), time.Now()
	n, err := read()
	if err == nil && n != large {
		err = fmt.Errorf("read %d objects, not %d", n, large)
	}
	return figures{n, server.Requests() - requests, time.Since(started)}, err
}

func readAll(ctx context.Context, server *simulator.Server, backend desk.Backend) (n int, err error) {
	for page, err := range walk.Pages(ctx, backend, models.ListRequest{Base: server.LargeDN()}, walk.Options{}) {
		if err != nil {
			return n, err
		}
		n += len(page.Objects)
	}
	return n, nil
}

// plainWalk asks for one page of 40 after the other, as a loop around the
// documented call does.
func plainWalk(ctx context.Context, server *simulator.Server, backend *synology.Backend) (n int, err error) {
	for {
		got := 0
		request := models.ListRequest{Base: server.LargeDN(), Offset: n, Limit: plainPage}
		for page, err := range backend.List(ctx, request) {
			if err != nil {
				return n, err
			}
			got += len(page.Objects)
		}
		if n += got; got < plainPage {
			return n, nil
		}
	}
}
