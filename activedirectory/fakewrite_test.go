package activedirectory

import (
	"slices"
	"strings"
	"sync"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"
)

// writeRequest is a write as it came: "add", "modify", "rename" or "delete", and
// in lines what it is to do: "description=x" of an add, "replace description=x" of
// a modification, the new RDN and parent of a rename.
type writeRequest struct {
	id       int64
	kind     string
	dn       string
	lines    []string
	controls []string
	answer   ber.Tag
}

// writes keeps what has come in.
type writes struct {
	mu  sync.Mutex
	all []writeRequest
}

func (w *writes) add(r writeRequest) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, r)
}

func (w *writes) list() []writeRequest {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.all)
}

func writeOf(id int64, op, message *ber.Packet) writeRequest {
	w := writeRequest{id: id, answer: op.Tag + 1} // RFC 4511 section 4: each response follows its request
	switch op.Tag {
	case ldap.ApplicationAddRequest:
		w.kind, w.dn = "add", op.Children[0].Data.String()
		for _, attribute := range op.Children[1].Children {
			w.lines = append(w.lines, attributeLine("", attribute))
		}
	case ldap.ApplicationModifyRequest:
		w.kind, w.dn = "modify", op.Children[0].Data.String()
		for _, change := range op.Children[1].Children {
			operation := []string{"add ", "delete ", "replace "}[change.Children[0].Value.(int64)]
			w.lines = append(w.lines, attributeLine(operation, change.Children[1]))
		}
	case ldap.ApplicationModifyDNRequest:
		w.kind, w.dn = "rename", op.Children[0].Data.String()
		for _, part := range op.Children[1:] {
			w.lines = append(w.lines, part.Data.String())
		}
	case ldap.ApplicationDelRequest:
		w.kind, w.dn = "delete", op.Data.String()
	}
	if len(message.Children) > 2 {
		for _, control := range message.Children[2].Children {
			w.controls = append(w.controls, control.Children[0].Data.String())
		}
	}
	return w
}

func attributeLine(operation string, attribute *ber.Packet) string {
	var values []string
	for _, value := range attribute.Children[1].Children {
		values = append(values, value.Data.String())
	}
	return operation + attribute.Children[0].Data.String() + "=" + strings.Join(values, "|")
}

// write keeps the request and answers it: yes, where the test has no answer.
func (s *session) write(w writeRequest) {
	s.fake.writes.add(w)
	if s.fake.onWrite != nil {
		s.fake.onWrite(s, w)
		return
	}
	s.accept(w)
}

func (s *session) accept(w writeRequest) { s.result(w.id, w.answer, 0, "") }

func (s *session) refuse(w writeRequest, code uint16, words string) {
	s.result(w.id, w.answer, code, words)
}

// drop pulls the plug on this connection.
func (s *session) drop() { _ = s.raw.Close() }
