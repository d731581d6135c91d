package ldap

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	ber "github.com/go-asn1-ber/asn1-ber"
)

// What a message may be at most. Everything is checked before a packet is made
// of it, so that a length that lies costs nothing.
const (
	mostBytes        = 10 << 20 // AD's MaxReceiveBuffer
	mostBytesUnknown = 1 << 18  // of somebody who has not signed in
	mostElements     = 100_000
	mostDepth        = 40
	tagSequence      = 0x30
	constructed      = 0x20
	longLength       = 0x80
	mostLengthOctets = 4
	highTag          = 0x1f
)

// errFrame says that the bytes are no LDAP message.
var errFrame = errors.New("not an LDAP message")

// readMessage reads one message of at most a number of bytes.
func readMessage(r *bufio.Reader, most int) (*ber.Packet, error) {
	first, err := r.ReadByte()
	if err != nil {
		return nil, err
	}
	if first != tagSequence {
		return nil, fmt.Errorf("%w: it begins with %#x", errFrame, first)
	}
	length, header, err := readLength(r)
	if err != nil {
		return nil, err
	}
	if length > most {
		return nil, fmt.Errorf("%w: %d bytes are too many", errFrame, length)
	}
	// The buffer grows with what comes, not with what is promised.
	body := bytes.NewBuffer(append([]byte{first}, header...))
	if _, err := io.CopyN(body, r, int64(length)); err != nil {
		return nil, err
	}
	return decode(body.Bytes())
}

// readLength reads a definite length, and gives its octets too.
func readLength(r io.ByteReader) (length int, header []byte, err error) {
	b, err := r.ReadByte()
	if err != nil {
		return 0, nil, err
	}
	header = []byte{b}
	if b < longLength {
		return int(b), header, nil
	}
	octets := int(b &^ longLength)
	if octets == 0 || octets > mostLengthOctets {
		return 0, nil, fmt.Errorf("%w: a length of %d octets", errFrame, octets)
	}
	for range octets {
		if b, err = r.ReadByte(); err != nil {
			return 0, nil, err
		}
		header = append(header, b)
		length = length<<8 | int(b)
	}
	return length, header, nil
}

// decode checks the structure of a whole message and makes a packet of it.
func decode(message []byte) (*ber.Packet, error) {
	elements := 0
	if err := walk(message, 0, &elements); err != nil {
		return nil, err
	}
	packet, err := ber.DecodePacketErr(message)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	return packet, nil
}

// walk goes through the elements that b consists of.
func walk(b []byte, depth int, elements *int) error {
	if depth > mostDepth {
		return fmt.Errorf("%w: more than %d levels", errFrame, mostDepth)
	}
	for len(b) > 0 {
		if *elements++; *elements > mostElements {
			return fmt.Errorf("%w: more than %d elements", errFrame, mostElements)
		}
		identifier := b[0]
		if identifier&highTag == highTag { // LDAP has no tags that large
			return fmt.Errorf("%w: tag %#x", errFrame, identifier)
		}
		rest := bytes.NewReader(b[1:])
		length, header, err := readLength(rest)
		if err != nil {
			return fmt.Errorf("%w: an element is cut", errFrame)
		}
		start := 1 + len(header)
		if length > len(b)-start {
			return fmt.Errorf("%w: an element is longer than what holds it", errFrame)
		}
		if identifier&constructed != 0 {
			if err := walk(b[start:start+length], depth+1, elements); err != nil {
				return err
			}
		}
		b = b[start+length:]
	}
	return nil
}
