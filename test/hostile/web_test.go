//go:build linux

package hostile

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// answer writes one of a web server; write is false once the client has gone.
type answer func(w http.ResponseWriter, write func(string) bool)

// webServer is the simulator behind a proxy that answers the listing of a container by
// itself.
func (s answer) serve(t *testing.T, to string) *httptest.Server {
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host },
		Transport: trusting(), ErrorLog: silent(),
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !bytes.Contains(body, []byte("victim")) {
			r.Body = io.NopCloser(bytes.NewReader(body))
			proxy.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		s(w, func(text string) bool {
			_, err := io.WriteString(w, text)
			return err == nil
		})
	}))
	server.Config.ErrorLog = silent()
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// rows writes what next makes until the client has gone or there are enough.
func rows(head, tail string, most int, next func(i int) string) answer {
	return func(_ http.ResponseWriter, write func(string) bool) {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; most == 0 || i < most; i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			if b.WriteString(next(i)); b.Len() > 64<<10 {
				if !write(b.String()) {
					return
				}
				b.Reset()
			}
		}
		write(b.String() + tail)
	}
}

func webTrials() []trial {
	list := []string{"ls", "OU=victim," + "DC=corp,DC=example,DC=com", "--all"}
	named := func(i int) string {
		return `{"dn":"CN=u` + strconv.Itoa(i) + `,DC=x","name":"u","guid":"` + strconv.Itoa(i) + `"}`
	}
	empty := func(int) string { return "{}" }
	long := strings.Repeat("x", 30<<20)
	bomb := func(w http.ResponseWriter, write func(string) bool) {
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		for range 1024 {
			if _, err := zip.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
		_ = zip.Close()
	}
	var number atomic.Int64
	full := func(w http.ResponseWriter, write func(string) bool) {
		rows(`{"success":true,"data":{"total":2000000000,"data":[`, `]}}`, 500, func(int) string { return named(int(number.Add(1))) })(w, write)
	}
	const dsm, adaxes = "synology", "adaxes"
	return []trial{
		{name: "DSM: 32 MB of empty rows", scheme: dsm, web: rows(`{"success":true,"data":{"total":9,"data":[`, `]}}`, 11<<20, empty), args: list, words: "larger than"},
		{name: "DSM: 15 MB of empty rows", scheme: dsm, web: rows(`{"success":true,"data":{"total":9,"data":[`, `]}}`, 5<<20, empty), args: list},
		{name: "DSM: a list without end", scheme: dsm, web: full, args: list, words: "max_rows"},
		{name: "DSM: an answer without end", scheme: dsm, web: rows(`{"success":true,"data":{"data":[`, ``, 0, named), args: list, words: "larger than"},
		{name: "DSM: a name of 30 MB", long: true, scheme: dsm, web: rows(`{"success":true,"data":{"total":1,"data":[`, `]}}`, 1, func(int) string { return `{"name":"` + long + `"}` }), args: list, words: "larger than"},
		{name: "DSM: 1 GB packed", long: true, scheme: dsm, web: bomb, args: list, words: "larger than"},
		{name: "Adaxes: 32 MB of empty rows", scheme: adaxes, web: rows("[", "]", 11<<20, empty), args: list, words: "not understood"},
		{name: "Adaxes: rows without end", scheme: adaxes, web: rows("[", "", 0, named), args: list, words: "there are more than"},
		{name: "Adaxes: a name of 30 MB", scheme: adaxes, web: rows("[", "]", 1, func(int) string { return `{"dn":"CN=a","guid":"a","displayName":"` + long + `"}` }), args: list, words: "not understood"},
		{name: "Adaxes: 1 GB packed", scheme: adaxes, web: bomb, args: list, words: "not understood"},
		{name: "Adaxes: 500 kB a row, without end", long: true, scheme: adaxes, web: rows("[", "", 0, func(i int) string {
			return `{"dn":"CN=u` + strconv.Itoa(i) + long[:500_000] + `","guid":"` + strconv.Itoa(i) + `"}`
		}), args: list, words: "too large"},
	}
}
