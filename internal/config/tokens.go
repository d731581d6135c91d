package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	for _, each := range kept {
		if err := encoder.Encode(each); err != nil {
			return err
		}
	}
	return privatefile.Write(t.path, text.Bytes())
}

func (t *Tokens) read() ([]token, error) {
	text, err := privatefile.Read(t.path, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("device tokens: %w", err)
	}
	var tokens []token
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var each token
		// The decoder's words are left out: they could quote a piece of a token.
		if json.Unmarshal(line, &each) != nil {
			return nil, fmt.Errorf("device tokens: %s, line %d is not understood; delete that line", t.path, number)
		}
		tokens = append(tokens, each)
	}
	return tokens, nil
}
