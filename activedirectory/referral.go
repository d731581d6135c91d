package activedirectory

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// readOnlyCapability is in supportedCapabilities of a read-only domain controller
// (MS-ADTS 3.1.1.3.4.3: LDAP_CAP_ACTIVE_DIRECTORY_PARTIAL_SECRETS_OID).
const readOnlyCapability = "1.2.840.113556.1.4.1920"

// readOnly says of a write that a read-only domain controller refers to another
// one which can write. Other errors stay as they are.
func (b *connection) readOnly(action, object string, err error) error {
	var result *ldap.Error
	if !b.root.readOnly || !errors.As(err, &result) || result.ResultCode != ldap.LDAPResultReferral {
		return err
	}
	out := failure(action, object, err)
	out.Kind = models.InWords("this domain controller is read-only", models.ErrUnsupported)
	out.Advice = "Connect to a domain controller that can write."
	if host := referredTo(err); host != "" {
		out.Advice = host + " can write: connect to it."
	}
	return out
}

// referenceWords finds the host in Windows' words: "ref 1: 'dc1.example.com'".
var referenceWords = regexp.MustCompile(`ref \d+: '([^']{1,255})'`)

// referredTo is the host that a referral names; "" when it names none.
func referredTo(err error) string {
	var result *ldap.Error
	if !errors.As(err, &result) {
		return ""
	}
	for _, text := range referralsOf(result.Packet) {
		if to, err := url.Parse(text); err == nil && to.Hostname() != "" {
			return to.Hostname()
		}
	}
	if result.Err == nil {
		return ""
	}
	if found := referenceWords.FindStringSubmatch(result.Err.Error()); found != nil {
		return strings.ToLower(found[1])
	}
	return ""
}

// referralsOf are the addresses in an LDAPResult (RFC 4511 section 4.1.10).
func referralsOf(message *ber.Packet) []string {
	const tagReferral = 3
	if message == nil || len(message.Children) < 2 {
		return nil
	}
	var all []string
	for _, part := range message.Children[1].Children {
		if part.ClassType != ber.ClassContext || part.Tag != tagReferral {
			continue
		}
		for _, address := range part.Children {
			text, _ := address.Value.(string)
			all = append(all, text)
		}
	}
	return all
}
