package certificates

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// maxStore bounds the file of known certificates, in bytes: tens of thousands
// of hosts.
const maxStore = 8 << 20

// Store is the file of certificates that a person chose to trust, one JSON line
// a host. It is safe for use by several goroutines. Two programs that trust
// something in the same instant may lose one of the two answers, never the file.
type Store struct {
	path string
	now  func() time.Time

	mu sync.Mutex
}

// OpenStore gives the store in the file at path, which need not exist yet: it is
// made with 0600 when the first certificate is trusted.
func OpenStore(path string) *Store { return &Store{path: path, now: time.Now} }

// Known is a certificate that a person chose to trust: a line of the file.
type Known struct {
	Host        string    `json:"host"` // host:port, lower case
	Fingerprint string    `json:"fingerprint"`
	Trusted     time.Time `json:"trusted"` // when
}

// List gives all of them.
func (s *Store) List() ([]Known, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read()
}

// Forget drops those whose host:port is meant, and says which they were.
func (s *Store) Forget(meant func(host string) bool) (forgotten []string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entries, err := s.read()
	if err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(entries, func(e Known) bool {
		if meant(e.Host) {
			forgotten = append(forgotten, e.Host)
		}
		return meant(e.Host)
	})
	if len(forgotten) == 0 {
		return nil, nil
	}
	return forgotten, privatefile.WriteLines(s.path, privatefile.State, kept)
}

// Lookup gives the fingerprint trusted for host ("nas.example.com:5001"), ""
// when there is none.
func (s *Store) Lookup(host string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entries, err := s.read()
	if err != nil {
		return "", err
	}
	if i := find(entries, host); i >= 0 {
		return entries[i].Fingerprint, nil
	}
	return "", nil
}

// Trust remembers a fingerprint for host, in place of the one before.
func (s *Store) Trust(host, fingerprint string) error {
	fingerprint, err := ParseFingerprint(fingerprint)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	entries, err := s.read()
	if err != nil {
		return err
	}
	added := Known{Host: strings.ToLower(host), Fingerprint: fingerprint, Trusted: s.now().UTC().Truncate(time.Second)}
	if i := find(entries, host); i >= 0 {
		entries[i] = added
	} else {
		entries = append(entries, added)
	}
	return privatefile.WriteLines(s.path, privatefile.State, entries)
}

func find(entries []Known, host string) int {
	return slices.IndexFunc(entries, func(e Known) bool { return strings.EqualFold(e.Host, host) })
}

// read takes the file afresh each time: another dirdesk may have added to it.
// A line that is not understood is an error and never skipped: skipping it would
// turn "this certificate changed" into "never seen before".
func (s *Store) read() ([]Known, error) {
	data, err := privatefile.Read(s.path, privatefile.State, maxStore)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("known certificates: %w", err)
	}
	return privatefile.ReadLines(data, func(number int, line []byte) (e Known, err error) {
		if err = json.Unmarshal(line, &e); err == nil {
			e.Fingerprint, err = ParseFingerprint(e.Fingerprint)
		}
		if err != nil {
			err = fmt.Errorf("known certificates: %s, line %d: %w; mend or delete that line", s.path, number, err)
		}
		return e, err
	})
}

const prefix = "sha256:"

// Fingerprint is "sha256:" and the 64 lower-case hex digits of the hash of the
// DER certificate.
func Fingerprint(certificate *x509.Certificate) string {
	sum := sha256.Sum256(certificate.Raw)
	return prefix + hex.EncodeToString(sum[:])
}

// ParseFingerprint brings a fingerprint into the form that [Fingerprint] gives.
// It takes upper case and the colons between bytes that openssl prints.
func ParseFingerprint(text string) (string, error) {
	lower := strings.ToLower(strings.TrimSpace(text))
	digits, found := strings.CutPrefix(lower, prefix)
	if !found {
		return "", fmt.Errorf("%q is no fingerprint: it must start with %q", text, prefix)
	}
	digits = strings.ReplaceAll(digits, ":", "")
	sum, err := hex.DecodeString(digits)
	if err != nil || len(sum) != sha256.Size {
		return "", fmt.Errorf("%q is no fingerprint: after %q come %d hex digits", text, prefix, 2*sha256.Size)
	}
	return prefix + digits, nil
}

// Safe copies the settings for connections to a host (host:port), raises them to
// TLS 1.2, and refuses those that check no certificate at all, with
// models.ErrCertificate. Without settings the system's roots decide.
func Safe(host string, config *tls.Config) (*tls.Config, error) {
	if config == nil {
		usual, err := Config{Host: host}.TLS()
		if err != nil {
			return nil, &models.Error{Kind: models.ErrCertificate, Action: "connect to", Object: host, Err: err}
		}
		config = usual
	}
	config = config.Clone()
	if config.MinVersion < tls.VersionTLS12 {
		config.MinVersion = tls.VersionTLS12
	}
	if config.InsecureSkipVerify && config.VerifyConnection == nil && config.VerifyPeerCertificate == nil {
		return nil, &models.Error{
			Kind: unchecked{}, Action: "connect to", Object: host,
			Advice: "Name a CA file or the certificate's fingerprint instead.",
		}
	}
	return config, nil
}

// unchecked is why settings are refused.
type unchecked struct{}

func (unchecked) Error() string { return "refusing to connect without checking the certificate" }

func (unchecked) Unwrap() error { return models.ErrCertificate }

// StateWords tells the version of an established connection to a host
// (host:port), and how its certificate came to be good: by a chain to a root, or
// because it is a pinned one.
func StateWords(state *tls.ConnectionState, config *tls.Config, host string) string {
	words := tls.VersionName(state.Version)
	if len(state.VerifiedChains) > 0 || chains(state, config, host) {
		return words + ", verified"
	}
	return words + ", pinned certificate"
}

// chains reports whether the certificate leads to a root and names the host.
// The handshake has accepted it already, perhaps by its fingerprint only.
func chains(state *tls.ConnectionState, config *tls.Config, host string) bool {
	if len(state.PeerCertificates) == 0 {
		return false
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		return false
	}
	return chain(state.PeerCertificates, x509.VerifyOptions{DNSName: name, Roots: config.RootCAs}) == nil
}
