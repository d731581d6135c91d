package connect

import (
	"fmt"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/theme"
)

// certificateNote puts into words what is to be known of a certificate.
type certificateNote struct {
	theme  *theme.Theme
	now    time.Time
	pinned bool // its fingerprint was asked for
}

// describe puts a certificate that did not verify before a person's eyes.
func (n certificateNote) describe(c *models.CertificateError) []paragraph {
	t := n.theme
	if c.Known != "" {
		return n.warning(c)
	}
	note := []paragraph{
		{text: "The certificate of " + c.Host + " does not verify: " + c.Reason + ". Nothing was sent yet.", style: t.Warning},
		{label: "SHA-256", text: groups(c.Fingerprint), style: t.Title},
		{text: "Compare it with what whoever runs the server tells you.", style: t.Text},
	}
	return append(note, n.particulars(c)...)
}

// warning is for a certificate in the place of one that was trusted. It cannot
// be trusted from here: a key pressed in a hurry must not do that.
func (n certificateNote) warning(c *models.CertificateError) []paragraph {
	t := n.theme
	head := "The certificate of " + c.Host + " HAS CHANGED since it was trusted. Somebody may be in between. Nothing was sent."
	advice := "Ask whoever runs the server whether it got a new certificate, and compare. If it did, run dirdesk trust forget " +
		c.Host + " and connect again. If it did not, do not connect from here."
	if n.pinned {
		head = "The certificate of " + c.Host + " is NOT the one that was asked for by its fingerprint. Nothing was sent."
		advice = "Ask whoever runs the server for its fingerprint, and start again with that."
	}
	note := []paragraph{
		{text: head, style: t.Bad},
		{text: advice, style: t.Text},
		{label: "trusted", text: groups(c.Known), style: t.Title},
		{label: "now", text: groups(c.Fingerprint), style: t.Bad},
	}
	return append(note, n.particulars(c)...)
}

// particulars are what the certificate says of itself.
func (n certificateNote) particulars(c *models.CertificateError) []paragraph {
	t := n.theme
	issuer := c.Issuer
	if issuer == c.Subject {
		issuer = "itself (self-signed)"
	}
	from := paragraph{label: "from", text: day(c.NotBefore), style: t.Text}
	until := paragraph{label: "until", text: day(c.NotAfter), style: t.Text}
	switch now := n.now; {
	case now.Before(c.NotBefore):
		from.text, from.style = from.text+" NOT YET VALID", t.Bad
	case now.After(c.NotAfter):
		until.text, until.style = until.text+" EXPIRED", t.Bad
	}
	return []paragraph{
		{label: "host", text: c.Host, style: t.Text},
		{label: "subject", text: c.Subject, style: t.Text},
		{label: "issuer", text: issuer, style: t.Text},
		from, until,
	}
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// groups writes a fingerprint in groups of four digits, which a person can
// compare.
func groups(fingerprint string) string {
	digits := strings.ToUpper(strings.TrimPrefix(fingerprint, "sha256:"))
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		_, _ = fmt.Fprintf(&b, "%c", r)
	}
	return b.String()
}
