package activedirectory

import (
	"errors"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// referring is a controller that refers every write to dc1, a read-only one or
// one of another domain.
func referring(t *testing.T, capabilities ...string) *fake {
	f := newWritable(t)
	usual := f.onSearch
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base != "" {
			return usual != nil && usual(s, r)
		}
		_ = s.entry(r.id, "", map[string][]string{
			"defaultNamingContext": {string(testBase)}, "configurationNamingContext": {"CN=Configuration," + string(testBase)},
			"schemaNamingContext": {"CN=Schema,CN=Configuration," + string(testBase)}, "supportedCapabilities": capabilities,
		})
		s.done(r.id, 0, "", nil)
		return true
	}
	f.onWrite = func(s *session, w writeRequest) {
		s.result(w.id, w.answer, ldap.LDAPResultReferral, "0000202B: RefErr: DSID-030A0B09, data 0, 1 access points\n\tref 1: 'dc1.example.test'\n")
	}
	return f
}

func TestAWriteThatIsReferred(t *testing.T) {
	for name, c := range map[string]struct {
		capabilities []string
		kind         error
		words        string
		advice       string
	}{
		"by a read-only controller": {
			[]string{"1.2.840.113556.1.4.800", readOnlyCapability},
			models.ErrUnsupported, "this domain controller is read-only", "dc1.example.test can write: connect to it.",
		},
		"by another domain's": {
			[]string{"1.2.840.113556.1.4.800"},
			models.ErrNotFound, "the name belongs to another domain", "Connect to dc1.example.test, which has it.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := referring(t, c.capabilities...).open().Unlock(t.Context(), models.Ref{DN: annaDN})
			var said *models.Error
			if !errors.Is(err, c.kind) || !errors.As(err, &said) || said.Kind.Error() != c.words || said.Advice != c.advice {
				t.Errorf("%v, advice %q", err, said.Advice)
			}
			if models.MayBeDone(err) {
				t.Error("it leaves open whether it was done")
			}
		})
	}
}
