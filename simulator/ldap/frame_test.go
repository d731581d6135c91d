package ldap

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	ber "github.com/go-asn1-ber/asn1-ber"
)

// unbind is the smallest message there is.
var unbind = []byte{0x30, 0x05, 0x02, 0x01, 0x03, 0x42, 0x00}

func read(b []byte) (*ber.Packet, error) {
	return readMessage(bufio.NewReader(bytes.NewReader(b)), mostBytes)
}

func TestAMessageIsRead(t *testing.T) {
	p, err := read(unbind)
	if err != nil {
		t.Fatal(err)
	}
	if id, op, ok := envelope(p); !ok || id != 3 || op.Tag != opUnbind {
		t.Errorf("id %d, tag %d, %v", id, op.Tag, ok)
	}
}

func TestWhatIsNoMessageIsRefused(t *testing.T) {
	deep := bytes.Repeat([]byte{0x30, 0x80}, 3)
	nested := []byte{}
	for range mostDepth + 2 {
		nested = element(nil, tagSequence, nested)
	}
	for name, b := range map[string][]byte{
		"another tag":                    {0x31, 0x00},
		"text":                           []byte("GET / HTTP/1.1\r\n"),
		"a length without an end":        {0x30, 0x80, 0x00, 0x00},
		"a length of five octets":        {0x30, 0x85, 0, 0, 0, 0, 1, 0},
		"a length of 2^31":               {0x30, 0x84, 0x80, 0, 0, 0, 0x02},
		"an element that is too long":    {0x30, 0x03, 0x02, 0x7f, 0x01},
		"an element that is cut":         {0x30, 0x01, 0x02},
		"an inner length without an end": append([]byte{0x30, byte(len(deep))}, deep...),
		"a tag of several octets":        {0x30, 0x03, 0x1f, 0x81, 0x00},
		"too many levels":                nested,
		"too many elements":              element(nil, tagSequence, bytes.Repeat([]byte{0x04, 0x00}, mostElements+1)),
	} {
		if _, err := read(b); !errors.Is(err, errFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := read(unbind[:5]); !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a message that is cut: %v", err)
	}
}

// A length that lies must cost nothing: what is promised is not made room for.
func TestAPromisedLengthCostsNothing(t *testing.T) {
	promised := append([]byte{0x30, 0x84, 0x00, 0x9f, 0xff, 0xff}, []byte("little")...) // ten megabytes less a little
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 50 {
		if _, err := read(promised); err == nil {
			t.Fatal("read")
		}
	}
	runtime.ReadMemStats(&after)
	if made := after.TotalAlloc - before.TotalAlloc; made > 5<<20 {
		t.Errorf("50 promises made %d bytes", made)
	}
}

func TestNumbersAndLengthsComeBack(t *testing.T) {
	for _, n := range []int64{0, 1, 127, 128, 255, 256, 32767, 32768, 1 << 31, -1, -128, -129} {
		p, err := ber.DecodePacketErr(number(nil, tagInteger, n))
		if err != nil || p.Value != n {
			t.Errorf("%d became %v, %v", n, p.Value, err)
		}
	}
	for _, size := range []int{0, 1, 127, 128, 255, 256, 65535, 65536, 70000} {
		text := strings.Repeat("x", size)
		p, err := ber.DecodePacketErr(element(nil, tagOctets, []byte(text)))
		if err != nil || p.Data.String() != text {
			t.Errorf("%d octets: %v", size, err)
		}
	}
}

func FuzzMessage(f *testing.F) {
	f.Add(unbind)
	f.Add(message(nil, 1, 0x60, number(nil, tagInteger, 3), nil))
	f.Add(message(nil, 7, 0x63, text(nil, tagOctets, "DC=example"), control(oidPaged, element(nil, tagSequence, number(nil, tagInteger, 5)))))
	f.Add([]byte{0x30, 0x84, 0x7f, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := read(b)
		if err != nil {
			return
		}
		_, op, ok := envelope(p)
		if !ok {
			return
		}
		// Whatever decodes is also understood or refused, and nothing else.
		_, _ = controlsOf(p)
		r := request{op: op}
		_, _ = readSearch(r)
		for _, child := range op.Children {
			_, _ = filterOf(child)
			_, _, _ = attributeOf(child)
			_ = readSelection(child)
		}
		_ = extendedName(op)
	})
}

func TestTraitsAreRead(t *testing.T) {
	var traits Traits
	if err := traits.Set("page=5,range=2,cookies=1,idle=3s,referral=1,cleartext=refuse"); err != nil {
		t.Fatal(err)
	}
	if want := (Traits{Page: 5, Range: 2, Cookies: 1, Idle: 3e9, Referral: true, Refuse: true}); traits != want {
		t.Errorf("%+v", traits)
	}
	for _, wrong := range []string{"", "page", "page=-1", "page=x", "idle=0s", "referral=2", "cleartext=allow", "other=1"} {
		if err := traits.Set(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}
