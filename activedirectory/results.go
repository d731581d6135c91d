package activedirectory

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// resultKinds maps LDAP result codes (RFC 4511 appendix A) to kinds. What a
// Win32 code in the diagnostic says more exactly comes first: win32Kinds.
var resultKinds = map[uint16]error{
	ldap.LDAPResultOperationsError:              models.ErrServer,
	ldap.LDAPResultProtocolError:                models.ErrUnsupported,
	ldap.LDAPResultTimeLimitExceeded:            models.ErrBusy,
	ldap.LDAPResultSizeLimitExceeded:            models.ErrPolicy,
	ldap.LDAPResultAuthMethodNotSupported:       models.ErrUnsupported,
	ldap.LDAPResultStrongAuthRequired:           models.ErrUnsupported,
	ldap.LDAPResultReferral:                     models.ErrNotFound,
	ldap.LDAPResultAdminLimitExceeded:           models.ErrPolicy,
	ldap.LDAPResultUnavailableCriticalExtension: models.ErrUnsupported,
	ldap.LDAPResultConfidentialityRequired:      models.ErrUnsupported,
	ldap.LDAPResultNoSuchAttribute:              models.ErrInvalid,
	ldap.LDAPResultUndefinedAttributeType:       models.ErrInvalid,
	ldap.LDAPResultConstraintViolation:          models.ErrPolicy,
	ldap.LDAPResultAttributeOrValueExists:       models.ErrExists,
	ldap.LDAPResultInvalidAttributeSyntax:       models.ErrInvalid,
	ldap.LDAPResultNoSuchObject:                 models.ErrNotFound,
	ldap.LDAPResultInvalidDNSyntax:              models.ErrInvalid,
	ldap.LDAPResultInappropriateAuthentication:  models.ErrCredentials,
	ldap.LDAPResultInvalidCredentials:           models.ErrCredentials,
	ldap.LDAPResultInsufficientAccessRights:     models.ErrDenied,
	ldap.LDAPResultBusy:                         models.ErrBusy,
	ldap.LDAPResultUnavailable:                  models.ErrBusy,
	ldap.LDAPResultUnwillingToPerform:           models.ErrPolicy,
	ldap.LDAPResultNamingViolation:              models.ErrInvalid,
	ldap.LDAPResultObjectClassViolation:         models.ErrInvalid,
	ldap.LDAPResultNotAllowedOnNonLeaf:          models.ErrNotEmpty,
	ldap.LDAPResultEntryAlreadyExists:           models.ErrExists,
	ldap.LDAPResultOther:                        models.ErrServer,
}

// win32Kinds maps the eight hexadecimal digits that begin most diagnostics. They
// are Win32 errors and say more than the result code: Samba and Windows agree on
// them where they disagree on the words.
var win32Kinds = map[string]error{
	"000004DC": models.ErrSession,  // no successful bind on this connection (Windows)
	"00000005": models.ErrDenied,   // access denied
	"00000525": models.ErrNotFound, // no such user
	"0000052D": models.ErrPolicy,   // password policy
	"00002015": models.ErrNotEmpty, // not a leaf
	"00002030": models.ErrNotFound, // no such object
	"0000208D": models.ErrNotFound, // no such object (Windows, searches)
	"00002035": models.ErrPolicy,   // unwilling to perform
	"00002071": models.ErrExists,   // name in use
	"00002098": models.ErrDenied,   // insufficient rights
}

// operationsError is Samba's "00002020: Operation unavailable without
// authentication"; the same number begins other complaints too.
const operationsError = "00002020: "

var win32Prefix = regexp.MustCompile(`^([0-9A-Fa-f]{8}): `)

// win32Code is the Win32 error at the start of a diagnostic, in upper case; ""
// when there is none, as in "Entry CN=... already exists".
func win32Code(diagnostic string) string {
	found := win32Prefix.FindStringSubmatch(diagnostic)
	if found == nil {
		return ""
	}
	return strings.ToUpper(found[1])
}

// unknownNumber reports a Win32 code that nothing here knows.
func unknownNumber(diagnostic string) bool {
	number := win32Code(diagnostic)
	return number != "" && win32Kinds[number] == nil && !strings.HasPrefix(diagnostic, operationsError)
}

// breaks are what a line of text has none of; Windows ends its words in a NUL.
var breaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ", "\x00", "")

// resultTexts gives the code in words, "LDAP 32 00002030", and the server's own
// words, both empty when the error did not come from the server.
func resultTexts(err error) (code, server string) {
	var result *ldap.Error
	if !errors.As(err, &result) || result.ResultCode >= ldap.ErrorNetwork {
		return "", ""
	}
	if result.Err != nil {
		server = strings.TrimSpace(breaks.Replace(result.Err.Error()))
	}
	code = fmt.Sprintf("LDAP %d", result.ResultCode)
	if win32 := win32Code(server); win32 != "" && result.ResultCode != ldap.LDAPResultInvalidCredentials {
		code += " " + win32
	}
	return code, server
}

// resultError maps what an operation ended with to the models' errors: the
// context's own error stays itself, a result of the server is told by its codes,
// all else is a connection that did not hold.
func resultError(action, object string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var known *models.Error
	var certificate *models.CertificateError
	if errors.As(err, &known) || errors.As(err, &certificate) {
		return err
	}
	out := failure(action, object, err)
	switch {
	case isResult(err, ldap.LDAPResultReferral):
		elsewhere(out, err)
	case isResult(err, ldap.LDAPResultSizeLimitExceeded, ldap.LDAPResultAdminLimitExceeded, ldap.LDAPResultTimeLimitExceeded):
		out.Advice = "The server's limits do not allow it: ask for less at a time."
	}
	return out
}

// failure is an error with what its codes say.
func failure(action, object string, err error) *models.Error {
	out := &models.Error{Action: action, Object: object, Err: err}
	out.Code, out.Server = resultTexts(err)
	out.Kind = resultKind(err, out.Server)
	return out
}

// elsewhere says of a referral that the name is another domain's.
func elsewhere(out *models.Error, err error) {
	out.Kind = models.InWords("the name belongs to another domain", models.ErrNotFound)
	out.Advice = "Connect to a domain controller of that domain."
	if host := referredTo(err); host != "" {
		out.Advice = "Connect to " + host + ", which has it."
	}
}

func resultKind(err error, diagnostic string) error {
	var result *ldap.Error
	switch {
	case !errors.As(err, &result), result.ResultCode == ldap.ErrorNetwork:
		return models.ErrUnreachable
	case result.ResultCode > ldap.ErrorNetwork:
		return models.ErrProtocol
	}
	if strings.HasPrefix(diagnostic, operationsError) && strings.Contains(diagnostic, "without authentication") {
		return models.ErrSession
	}
	if kind, ok := win32Kinds[win32Code(diagnostic)]; ok {
		return kind
	}
	if kind, ok := resultKinds[result.ResultCode]; ok {
		return kind
	}
	return models.ErrServer
}

// isResult reports whether the server ended the operation with one of the codes.
func isResult(err error, codes ...uint16) bool {
	return err != nil && ldap.IsErrorAnyOf(err, codes...)
}

// connectionLost reports whether the connection, not the directory, failed.
func connectionLost(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var known *models.Error
	if errors.As(err, &known) {
		return false
	}
	return errors.Is(resultKind(err, ""), models.ErrUnreachable)
}

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
