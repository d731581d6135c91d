package config

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// Tokens is the file of device tokens, with which a server lets this computer
// skip the one-time code. A token is as good as a second factor: the file is
// 0600 and refused when others can read it. Safe for several goroutines.
type Tokens struct {
	path string
	mu   sync.Mutex
}

// OpenTokens gives the tokens in the file at path, which need not exist yet.
func OpenTokens(path string) *Tokens { return &Tokens{path: path} }

// Device is what a server gave one computer for one account.
type Device struct {
	Token models.Secret
	Name  string // the name it was issued to; to be sent again as it was
}

// token is a line of the file.
type token struct {
	Host    string `json:"host"` // host:port, lower case
	Account string `json:"account"`
	Device  string `json:"device"`
	Token   string `json:"token"`
}

func (t token) is(host, account string) bool {
	return strings.EqualFold(t.Host, host) && strings.EqualFold(t.Account, account)
}

// Lookup gives the device of an account on a host; one without a token when
// there is none.
func (t *Tokens) Lookup(host, account string) (Device, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tokens, err := t.read()
	if err != nil {
		return Device{}, err
	}
	for _, known := range tokens {
		if known.is(host, account) {
			return Device{Token: models.NewSecret(known.Token), Name: known.Device}, nil
		}
	}
	return Device{}, nil
}

// Remember keeps a device in place of the one before.
func (t *Tokens) Remember(host, account string, d Device) error {
	return t.change(host, account, &token{
		Host: strings.ToLower(host), Account: account, Device: d.Name, Token: d.Token.Reveal(),
	})
}

// Remembered is an account for which a device is kept, without its token.
type Remembered struct{ Host, Account, Device string }

// List gives all of them.
func (t *Tokens) List() ([]Remembered, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tokens, err := t.read()
	all := make([]Remembered, len(tokens))
	for i, known := range tokens {
		all[i] = Remembered{known.Host, known.Account, known.Device}
	}
	return all, err
}

// ForgetAll drops the devices of the accounts that are meant, and says which
// they were.
func (t *Tokens) ForgetAll(meant func(host, account string) bool) (forgotten []string, err error) {
	all, err := t.List()
	for _, known := range all {
		if err == nil && meant(known.Host, known.Account) {
			err = t.Forget(known.Host, known.Account)
			forgotten = append(forgotten, known.Account+" at "+known.Host)
		}
	}
	return forgotten, err
}

// Forget drops the device of an account, after the server stopped taking it.
func (t *Tokens) Forget(host, account string) error {
	return t.change(host, account, nil)
}

func (t *Tokens) change(host, account string, added *token) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	tokens, err := t.read()
	if err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(tokens), func(known token) bool { return known.is(host, account) })
	if added == nil && len(kept) == len(tokens) {
		return nil
	}
	if added != nil {
		kept = append(kept, *added)
	}
	return privatefile.WriteLines(t.path, privatefile.StateSecret, kept)
}

func (t *Tokens) read() ([]token, error) {
	text, err := privatefile.Read(t.path, privatefile.StateSecret, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("device tokens: %w", err)
	}
	return privatefile.ReadLines(text, func(number int, line []byte) (each token, err error) {
		// The decoder's words are left out: they could quote a piece of a token.
		if json.Unmarshal(line, &each) != nil {
			err = fmt.Errorf("device tokens: %s, line %d is not understood; delete that line", t.path, number)
		}
		return each, err
	})
}

// maxPassword and maxToken bound a password and an access token, in bytes.
const (
	maxPassword = 4096
	maxToken    = 64 << 10
)

// byteOrderMark is what some editors put before a text; it is no part of it.
const byteOrderMark = "\ufeff"

// ReadPasswordFile reads a password from a file: its first line, without the
// line's end. A file that its group or others can read is refused.
func ReadPasswordFile(path string) (models.Secret, error) {
	text, err := privatefile.Read(path, privatefile.NamedSecret, maxPassword)
	if err != nil {
		return models.Secret{}, fmt.Errorf("password file: %w", err)
	}
	secret, err := firstLine(strings.NewReader(string(text)))
	if err != nil {
		return models.Secret{}, fmt.Errorf("password file %s: %w", path, err)
	}
	return secret, nil
}

// ReadTokenFile reads an access token from a file that holds nothing else, but
// for white space around it. A file that its group or others can read is
// refused.
func ReadTokenFile(path string) (models.Secret, error) {
	text, err := privatefile.Read(path, privatefile.NamedSecret, maxToken)
	if err != nil {
		return models.Secret{}, fmt.Errorf("token file: %w", err)
	}
	token, err := ParseToken(string(text))
	if err != nil {
		return models.Secret{}, fmt.Errorf("token file %s: %w", path, err)
	}
	return token, nil
}

// ParseToken takes an access token as it was pasted or read. It goes into a
// header as it is, so it is one word of printable ASCII; the error does not
// repeat it.
func ParseToken(text string) (models.Secret, error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark))
	if text == "" {
		return models.Secret{}, errors.New("it holds no token")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return models.Secret{}, errors.New("a token is one word without spaces and line breaks; this holds more than that")
	}
	return models.NewSecret(text), nil
}

// ReadPassword reads a password from a stream: its first line, without the
// line's end.
func ReadPassword(from io.Reader) (models.Secret, error) {
	return firstLine(io.LimitReader(from, maxPassword))
}

func firstLine(from io.Reader) (models.Secret, error) {
	line, err := bufio.NewReaderSize(from, maxPassword).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return models.Secret{}, err
	}
	line = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(line, byteOrderMark), "\n"), "\r")
	if line == "" {
		return models.Secret{}, errors.New("its first line is empty")
	}
	return models.NewSecret(line), nil
}
