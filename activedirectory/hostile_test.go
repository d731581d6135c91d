package activedirectory

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// wraps is one BER element.
func wraps(tag byte, content ...[]byte) []byte {
	var all []byte
	for _, c := range content {
		all = append(all, c...)
	}
	return append(binary.BigEndian.AppendUint32([]byte{tag, 0x84}, uint32(len(all))), all...)
}

// claims is the head of an element of a length that never comes.
func claims(tag byte, length uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{tag, 0x84}, length)
}

func repeated(part []byte, times int) []byte { return []byte(strings.Repeat(string(part), times)) }

// whole is a message with an entry, of what stands in its list of attributes.
func whole(id int64, list ...[]byte) []byte {
	return wraps(tagSequence, []byte{tagInteger, 1, byte(id)}, wraps(tagEntry, wraps(tagText, []byte(child("anna"))), wraps(tagSequence, list...)))
}

// attribute is one with the set of values given.
func attribute(name string, set ...[]byte) []byte {
	return wraps(tagSequence, wraps(tagText, []byte(name)), wraps(tagSet, set...))
}

// flood writes until the client has gone.
func (s *session) flood(next func(i int) []byte) {
	for i := 0; ; i++ {
		if _, err := s.out.Write(next(i)); err != nil {
			return
		}
	}
}

// What a broken or hostile server sends in answer to the read of one object ends in
// words that say so. What it costs is measured by make hostile.
func TestAHostileAnswerIsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		send  func(s *session, id int64)
		words string
	}{
		{"a length without end", func(s *session, _ int64) { _, _ = s.out.Write(claims(tagSequence, 1<<31-1)); s.flush() }, "too large: 2047 MB"},
		{"a long entry", func(s *session, id int64) {
			_, _ = s.out.Write(append(claims(tagSequence, 1<<30), tagInteger, 1, byte(id), tagEntry, 0x84))
			s.flush()
		}, "too large: 1024 MB"},
		{"a long result", func(s *session, id int64) {
			_, _ = s.out.Write(append(claims(tagSequence, 1<<20), tagInteger, 1, byte(id), 0x65, 0x84))
			s.flush()
		}, "too large: 1 MB"},
		{"entries without end", func(s *session, id int64) {
			s.flood(func(int) []byte { return whole(id, attribute("cn", wraps(tagText, []byte("x")))) })
		}, "several objects where one was asked for"},
		{"values of nothing", func(s *session, id int64) {
			_, _ = s.out.Write(whole(id, attribute("cn", repeated([]byte{tagText, 0}, 8<<20))))
			s.flush()
		}, "more rows than dirdesk reads: 1,000,000"},
		{"attributes of nothing", func(s *session, id int64) {
			_, _ = s.out.Write(whole(id, repeated([]byte{tagSequence, 4, tagText, 0, tagSet, 0}, 3<<20)))
			s.flush()
		}, "too large"},
		{"a result deep within itself", func(s *session, id int64) {
			deep := []byte{}
			for range 2000 {
				deep = wraps(tagSequence, deep)
			}
			_, _ = s.out.Write(wraps(tagSequence, []byte{tagInteger, 1, byte(id)}, wraps(0x65, deep)))
			s.flush()
		}, "not LDAP"},
		{"references without end", func(s *session, id int64) {
			s.flood(func(int) []byte {
				return wraps(tagSequence, []byte{tagInteger, 1, byte(id)}, wraps(tagReference, wraps(tagText, []byte("ldap://x"))))
			})
		}, "without end"},
		{"an answer to another question", func(s *session, id int64) {
			s.flood(func(int) []byte { return whole(id + 1) })
		}, "not asked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake(t)
			f.onSearch = func(s *session, r searchRequest) bool {
				if r.base == child("anna") {
					c.send(s, r.id)
				}
				return r.base == child("anna")
			}
			b := f.open()
			_, err := b.Get(t.Context(), models.Ref{DN: models.DN(child("anna"))})
			if !errors.Is(err, models.ErrProtocol) || !strings.Contains(err.Error(), c.words) {
				t.Errorf("%v, want %q", err, c.words)
			}
		})
	}
}

// Before the server has shown a certificate, its answer is read up to a few kB only.
func TestALongAnswerToStartTLSIsRefused(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	defer server.Close()
	go func() {
		_, _ = server.Read(make([]byte, 1000))
		_, _ = server.Write(append(claims(tagSequence, 1<<24), tagInteger, 1, 1, tagExtended, 0x84))
	}()
	if err := requestStartTLS(t.Context(), client); err == nil || !strings.Contains(err.Error(), "too large: 16 MB") {
		t.Error(err)
	}
}

// A value that no directory keeps is cut where it is read, says so, and is not
// written back.
func TestALongValueIsCut(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base != child("anna") {
			return false
		}
		_ = s.entry(r.id, r.base, map[string][]string{"description": {strings.Repeat("x", 3<<20)}, "name": {"anna"}})
		s.done(r.id, 0, "", nil)
		return true
	}
	o, err := f.open().Get(t.Context(), models.Ref{DN: models.DN(child("anna"))})
	if err != nil || len(o.Description) > 9<<10 || !strings.HasSuffix(o.Description, "[cut: it has 1,049 kB]") {
		t.Errorf("%d bytes, %.40q, %v", len(o.Description), o.Description[max(0, len(o.Description)-30):], err)
	}
}

// Pages with the same objects again and again end; the same cookie on each page, as
// Samba's is, does not.
func TestPagesThatDoNotAdvanceEnd(t *testing.T) {
	for _, advances := range []bool{true, false} {
		f := newFake(t)
		page := 0
		f.onSearch = func(s *session, r searchRequest) bool {
			if !isStaff(r) {
				return false
			}
			if r.paging == nil {
				s.done(r.id, ldap.LDAPResultSizeLimitExceeded, "", nil)
				return true
			}
			name := "anna"
			if advances {
				name = many(10)[page]
			}
			_ = s.entry(r.id, child(name), user(name))
			cookie := []byte("same")
			if page++; advances && page == 10 {
				cookie = []byte{}
			}
			s.done(r.id, 0, "", cookie)
			return true
		}
		got := listAll(t, f.open(), models.ListRequest{Base: staff})
		if advances && (got.err != nil || len(got.names) != 10) {
			t.Errorf("pages that advance: %d names, %v", len(got.names), got.err)
		}
		if !advances && (page > 5 || got.err == nil || !strings.Contains(got.err.Error(), "nothing new")) {
			t.Errorf("%d pages of the same object: %v", page, got.err)
		}
	}
}

func TestTheSameRangeAgainEnds(t *testing.T) {
	f := newFake(t)
	asked := 0
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base != child("team") {
			return false
		}
		asked++
		_ = s.entry(r.id, r.base, map[string][]string{"member;range=0-1": {"CN=a", "CN=b"}})
		s.done(r.id, 0, "", nil)
		return true
	}
	_, err := f.open().Members(t.Context(), models.Ref{DN: models.DN(child("team"))})
	if err == nil || asked > 3 || !strings.Contains(err.Error(), "again") {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

// A group's values and a container's rows end where the profile says.
func TestRowsEndAtTheCap(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if !isStaff(r) {
			return false
		}
		s.flood(func(i int) []byte {
			if i%1000 == 999 {
				s.flush()
			}
			return whole(r.id, attribute("objectGUID", wraps(tagText, binary.BigEndian.AppendUint64(make([]byte, 8), uint64(i)))))
		})
		return true
	}
	options := f.options()
	options.MaxRows = 2000
	b, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	got := listAll(t, b, models.ListRequest{Base: staff})
	if got.err == nil || !strings.Contains(got.err.Error(), "2,000 (max_rows)") {
		t.Errorf("%d names, %v", len(got.names), got.err)
	}
}

// The server's notice that it leaves is heard at once, though it does not hang up.
func TestNoticeOfDisconnectionIsHeardAtOnce(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if isStaff(r) {
			s.result(0, ldap.ApplicationExtendedResponse, ldap.LDAPResultUnavailable, "going down\nfor good")
		}
		return isStaff(r)
	}
	b := f.open()
	b.silence = time.Hour
	got := listAll(t, b, models.ListRequest{Base: staff})
	if !errors.Is(got.err, models.ErrUnreachable) || !strings.Contains(got.err.(*models.Error).Err.Error(), "going down for good") {
		t.Errorf("%v", got.err)
	}
}

// Whatever comes is an error or a message, of which not one byte more was read, and
// an entry has what go-ldap finds in it.
func FuzzMessage(f *testing.F) {
	f.Add(whole(1, attribute("cn", wraps(tagText, []byte("x")), wraps(tagText))))
	f.Add(claims(tagSequence, 1<<31-1))
	f.Add([]byte{tagSequence, 0x80, 0, 0})
	f.Add([]byte{tagSequence, 12, tagInteger, 1, 0, tagExtended, 7, 10, 1, 52, 4, 0, 4, 0})
	f.Add([]byte{tagSequence, 5, tagInteger, 1, 1, tagEntry, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		from := bytes.NewReader(raw)
		m, err := readMessage(from, func(byte) int { return mostRow })
		if err != nil {
			return
		}
		if !bytes.Equal(m.raw, raw[:len(raw)-from.Len()]) {
			t.Fatalf("%x read as %x", raw, m.raw)
		}
		e, _, err := m.entry(0)
		if err != nil {
			return
		}
		packet, err := ber.DecodePacketErr(m.raw)
		if err != nil {
			t.Fatalf("%x is an entry here only: %v", m.raw, err)
		}
		if name := packet.Children[1].Children[0].ByteValue; string(name) != e.DN {
			t.Errorf("%q is %q", name, e.DN)
		}
	})
}
