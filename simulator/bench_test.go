package simulator_test

import (
	"io"
	"net/url"
	"strconv"
	"testing"

	"dirdesk/simulator"
)

// BenchmarkPage is a page of 1,000 objects from the middle of a large container,
// over HTTPS, as a client without any decoding sees it.
func BenchmarkPage(b *testing.B) {
	server, err := simulator.Start(simulator.Options{Objects: 20000, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	client := foreign(b, server)
	sid := signIn(b, client, server, server.Account())
	address := server.URL() + "/webapi/entry.cgi?api=SYNO.ActiveDirectory.Directory&method=list&version=3&limit=1000&_sid=" + sid +
		"&basedn=" + url.QueryEscape(string(server.LargeDN())) + "&offset="
	for i := 0; b.Loop(); i++ {
		response, err := client.Get(address + strconv.Itoa(i%19*1000))
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, response.Body)
		if err != nil {
			b.Fatal(err)
		}
		_ = response.Body.Close()
		b.SetBytes(n)
	}
}
