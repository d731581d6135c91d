//go:build samba

package activedirectory_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/models"
)

// cutter stands between a client and the controller and cuts the line, or holds it
// up, at a request of its choice, which it tells by the TLS records: one for each request.
type cutter struct {
	url string

	mu     sync.Mutex
	left   int    // requests to let through before the one that is cut; -1: not armed
	passes bool   // the controller still gets that one
	pauses func() // run before that one passes; nil: it is cut
}

func newCutter(t *testing.T) *cutter {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	c := &cutter{url: "ldaps://" + listener.Addr().String(), left: -1}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(client)
		}
	}()
	return c
}

// arm cuts the line at the second request from now: the first asks whether the
// connection lives.
func (c *cutter) arm(passes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.passes, c.pauses = 1, passes, nil
}

// pause lets through a number of requests and runs something before the one after
// them, which passes then.
func (c *cutter) pause(after int, run func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.passes, c.pauses = after, true, run
}

func (c *cutter) next() (cut, passes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left < 0 {
		return false, true
	}
	c.left--
	cut = c.left < 0
	if cut && c.pauses != nil {
		c.pauses()
		return false, true
	}
	return cut, c.passes || !cut
}

func (c *cutter) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("tcp", strings.TrimPrefix(samba.URL(), "ldaps://")+":636")
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	over := make(chan struct{})
	defer close(over)
	hand := func(to chan<- []byte, part []byte) bool {
		select {
		case to <- part:
			return true
		case <-over:
			return false
		}
	}
	answers := make(chan []byte)
	go func() {
		defer close(answers)
		for {
			buffer := make([]byte, 1<<14)
			n, err := server.Read(buffer)
			if err != nil || !hand(answers, buffer[:n]) {
				return
			}
		}
	}()
	requests := make(chan []byte)
	go func() {
		defer close(requests)
		for header := make([]byte, 5); ; { // RFC 8446 section 5.1: type, version, length
			if _, err := io.ReadFull(client, header); err != nil {
				return
			}
			record := make([]byte, 5+int(binary.BigEndian.Uint16(header[3:])))
			copy(record, header)
			if _, err := io.ReadFull(client, record[5:]); err != nil || !hand(requests, record) {
				return
			}
		}
	}()
	for {
		select {
		case answer, more := <-answers:
			if !more {
				return
			}
			_, _ = client.Write(answer)
		case record, more := <-requests:
			if !more {
				return
			}
			cut, passes := c.next()
			if passes {
				_, _ = server.Write(record)
			}
			if cut {
				if passes {
					<-answers // it is done
				}
				return
			}
		}
	}
}

// Whether the controller got a request or not, who lost the answer cannot know:
// the outcome is unknown, and the directory holds what the line let through.
func TestLineCutAtAWrite(t *testing.T) {
	direct := open(t, asAdministrator())
	container := workshop(t, direct)
	group, err := direct.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: "Cut"})
	must(t, err)
	there := func(dn models.DN) bool {
		_, err := direct.Get(t.Context(), models.Ref{DN: dn})
		return err == nil
	}
	second := func(_ models.DN, err error) error { return err }
	for _, test := range []struct {
		name string
		run  func(ctx context.Context, b *activedirectory.Backend, dn models.DN) error
		done func(dn models.DN) bool
	}{
		{
			"create", func(ctx context.Context, b *activedirectory.Backend, dn models.DN) error {
				return second(b.CreateOU(ctx, models.Ref{DN: dn}, "new", ""))
			}, func(dn models.DN) bool { return there(dn.Child("OU", "new")) },
		},
		{
			"edit", func(ctx context.Context, b *activedirectory.Backend, dn models.DN) error {
				return b.EditFields(ctx, models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldDescription, After: "cut"}})
			}, func(dn models.DN) bool { return read(t, direct, dn).Description == "cut" },
		},
		{
			"add member", func(ctx context.Context, b *activedirectory.Backend, dn models.DN) error {
				return b.AddMembers(ctx, models.Ref{DN: group}, models.Refs(dn))
			}, func(dn models.DN) bool { return len(read(t, direct, dn).Account.MemberOf) == 1 },
		},
		{
			"rename", func(ctx context.Context, b *activedirectory.Backend, dn models.DN) error {
				return second(b.Rename(ctx, models.Ref{DN: dn}, "cut "+dn.RDN().Value))
			}, func(dn models.DN) bool { return there(dn.Parent().Child("OU", "cut "+dn.RDN().Value)) },
		},
		{
			"delete", func(ctx context.Context, b *activedirectory.Backend, dn models.DN) error {
				var one error
				err := b.Delete(ctx, models.Refs(dn), false, func(_ models.DN, err error) { one = err })
				return errors.Join(err, one)
			}, func(dn models.DN) bool { return !there(dn) },
		},
	} {
		for _, passes := range []bool{true, false} {
			line := newCutter(t)
			options := asAdministrator()
			options.URL = line.url
			backend := open(t, options)
			name := test.name + map[bool]string{true: " done", false: " not done"}[passes]
			dn, err := direct.CreateOU(t.Context(), models.Ref{DN: container}, name, "")
			must(t, err)
			line.arm(passes)
			if err := test.run(t.Context(), backend, dn); !errors.Is(err, models.ErrUnknownOutcome) {
				t.Errorf("%s: %v", name, err)
			}
			if done := test.done(dn); done != passes {
				t.Errorf("%s: in the directory %v", name, done)
			}
			if _, err := backend.Get(t.Context(), models.Ref{DN: container}); err != nil {
				t.Errorf("%s: the next read: %v", name, err)
			}
		}
	}
}
