package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/simulator"
)

const (
	ldapObjects    = 20_000 // in one container
	companyObjects = 5_000  // of the demo
)

// measureLDAP asks the simulator for a container over LDAPS. Server and client
// share one core, and the client only counts.
func measureLDAP(_ context.Context, r *report) error {
	before := heap()
	company, err := simulator.Start(simulator.Options{Objects: companyObjects, Seed: seed, LDAP: &simulator.LDAPOptions{}})
	if err != nil {
		return err
	}
	r.figure("the sample company, served", float64(heap()-before)/(1<<20), "MiB")
	if err := company.Close(); err != nil {
		return err
	}
	server, err := simulator.Start(simulator.Options{Objects: ldapObjects, Seed: seed, LDAP: &simulator.LDAPOptions{}})
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	c, err := dialLDAP(server)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	best := time.Duration(1<<63 - 1)
	for range 3 {
		start := time.Now()
		found, err := c.count(string(server.LargeDN()))
		if err != nil {
			return err
		}
		if found != ldapObjects {
			return fmt.Errorf("%d objects came, not %d", found, ldapObjects)
		}
		best = min(best, time.Since(start))
	}
	r.figure("objects of 6 attributes, unpaged, on one core", ldapObjects/best.Seconds(), "objects/s")
	return nil
}

// counting is a connection that only counts what comes.
type counting struct {
	net.Conn
	in *bufio.Reader
}

func dialLDAP(server *simulator.Server) (*counting, error) {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(server.CertificatePEM())
	address := strings.TrimPrefix(server.LDAPURL(), "ldaps://")
	conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: roots})
	if err != nil {
		return nil, err
	}
	c := &counting{conn, bufio.NewReaderSize(conn, 1<<16)}
	bind := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationBindRequest, nil, "")
	bind.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, int64(3), ""))
	bind.AppendChild(octets(server.LDAPName()))
	bind.AppendChild(ber.NewString(ber.ClassContext, ber.TypePrimitive, 0, server.LDAPPassword(false).Reveal(), ""))
	if err := c.send(bind); err != nil {
		return nil, err
	}
	_, err = c.next()
	return c, err
}

func octets(text string) *ber.Packet {
	return ber.NewString(ber.ClassUniversal, ber.TypePrimitive, ber.TagOctetString, text, "")
}

func (c *counting) send(op *ber.Packet) error {
	m := ber.NewSequence("")
	m.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, int64(1), ""))
	m.AppendChild(op)
	_, err := c.Write(m.Bytes())
	return err
}

// next reads over one message and gives what kind it is.
func (c *counting) next() (op byte, err error) {
	head, err := c.in.Peek(6)
	if err != nil {
		return 0, err
	}
	size, length := 2, int(head[1])
	if length >= 0x80 {
		octets := length - 0x80
		size, length = 2+octets, 0
		for _, b := range head[2 : 2+octets] {
			length = length<<8 | int(b)
		}
	}
	start, err := c.in.Peek(size + 4) // with the message's number, of one octet
	if err != nil {
		return 0, err
	}
	op = start[size+3]
	_, err = io.CopyN(io.Discard, c.in, int64(size+length))
	return op, err
}

// count asks for the children of a container with what a listing shows.
func (c *counting) count(base string) (found int, err error) {
	op := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationSearchRequest, nil, "")
	op.AppendChild(octets(base))
	for _, n := range []int64{ldap.ScopeSingleLevel, ldap.NeverDerefAliases} {
		op.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagEnumerated, n, ""))
	}
	for range 2 {
		op.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, int64(0), ""))
	}
	op.AppendChild(ber.NewBoolean(ber.ClassUniversal, ber.TypePrimitive, ber.TagBoolean, false, ""))
	op.AppendChild(ber.NewString(ber.ClassContext, ber.TypePrimitive, 7, "objectClass", ""))
	wanted := ber.NewSequence("")
	for _, name := range []string{"name", "sAMAccountName", "displayName", "mail", "description", "userAccountControl"} {
		wanted.AppendChild(octets(name))
	}
	op.AppendChild(wanted)
	if err := c.send(op); err != nil {
		return 0, err
	}
	const entry, done = 0x64, 0x65
	for {
		kind, err := c.next()
		switch {
		case err != nil || kind == done:
			return found, err
		case kind == entry:
			found++
		}
	}
}
