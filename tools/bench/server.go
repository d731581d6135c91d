package main

import (
	"context"
	"strings"
	"time"

	"dirdesk/internal/certificates"
	"dirdesk/simulator"
	"dirdesk/synology"
)

const (
	large = 99_999 // objects in the big container
	seed  = 1
)

// connect starts a simulator and signs in to it over HTTPS, with its
// certificate pinned.
func connect(ctx context.Context, latency time.Duration) (*simulator.Server, *synology.Backend, func(), error) {
	server, err := simulator.Start(simulator.Options{Objects: large, Seed: seed, Latency: latency})
	if err != nil {
		return nil, nil, nil, err
	}
	closeServer := func() { _ = server.Close() }
	host := strings.TrimPrefix(server.URL(), "https://")
	config, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	if err != nil {
		closeServer()
		return nil, nil, nil, err
	}
	backend, err := synology.Open(ctx, synology.Options{
		Host: host, Shown: "synology://" + host, TLS: config, Account: server.Account(), Password: server.Password(),
	})
	if err != nil {
		closeServer()
		return nil, nil, nil, err
	}
	return server, backend, func() {
		_ = backend.Close(ctx)
		closeServer()
	}, nil
}
