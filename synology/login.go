package synology

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"dirdesk/models"
)

// noToken is what DSM sends in synotoken when no token was asked for (two live
// reports).
const noToken = "--------"

// signIn opens a session with the newest version of the login that the server
// takes. Errors keep the *failure inside.
func (c *Client) signIn(ctx context.Context, code models.Secret, remember bool) error {
	m := methodLogin
	for {
		to, err := c.lookup(ctx, m)
		if err != nil {
			return c.explain(m, c.account, err)
		}
		// One version only, so that what is sent fits what lookup picks in call.
		one := m
		one.versions = []int{to.version}
		err = c.signInWith(ctx, one, to.version, code, remember)
		var refused *failure
		if !errors.As(err, &refused) || refused.code != codeNoMethod && refused.code != codeNoVersion {
			return err
		}
		// Some builds advertise more than they take; nothing was checked yet,
		// so an older version costs no attempt (issues of a public client).
		if m.versions = olderThan(m.versions, to.version); !anyVersion(m, to.entry) {
			return err
		}
	}
}

func olderThan(versions []int, limit int) []int {
	var older []int
	for _, v := range versions {
		if v < limit {
			older = append(older, v)
		}
	}
	return older
}

func anyVersion(m method, entry apiEntry) bool {
	_, ok := m.version(entry)
	return ok
}

func (c *Client) signInWith(ctx context.Context, m method, version int, code models.Secret, remember bool) error {
	c.mu.Lock()
	device := c.device
	c.mu.Unlock()
	p := params{
		"account": c.account, "passwd": c.password.Reveal(),
		"session": "webui", "format": "sid", "enable_syno_token": true,
	}
	// Device tokens exist from version 6 on (official guide).
	switch {
	case !code.Empty():
		p["otp_code"] = strings.ReplaceAll(strings.TrimSpace(code.Reveal()), " ", "")
		if remember && version >= 6 {
			p["enable_device_token"] = true
			p["device_name"] = c.deviceName
		}
	case !device.Empty() && version >= 6:
		p["device_id"] = device.Reveal()
		p["device_name"] = c.deviceName
	}
	data, err := c.call(ctx, m, c.account, p)
	if err != nil {
		return err
	}
	return c.accept(data, version, device)
}

// accept takes the credentials out of the answer to a login. Versions 3 to 5
// have the sid and perhaps a token, 6 adds did, 7 calls that device_id; empty
// ones mean none (docs/dsm.md section 3.2; live).
func (c *Client) accept(data json.RawMessage, version int, sent models.Secret) error {
	var answer struct {
		SID      looseText `json:"sid"`
		Token    looseText `json:"synotoken"`
		DID      looseText `json:"did"`
		DeviceID looseText `json:"device_id"`
	}
	refuse := func(words string) error {
		return &models.Error{
			Kind: reason{words, models.ErrProtocol}, Action: methodLogin.words, Object: c.account,
			Advice: "Check that host and port lead to DSM itself.",
		}
	}
	if err := json.Unmarshal(data, &answer); err != nil || answer.SID == "" {
		return refuse("DSM accepted the sign-in but gave no session")
	}
	sid, token := string(answer.SID), string(answer.Token)
	if token == noToken {
		token = ""
	}
	if !fitsHeader(sid) || !fitsHeader(token) {
		return refuse("DSM gave a session that cannot be sent back")
	}
	device := models.NewSecret(string(answer.DeviceID))
	if device.Empty() {
		device = models.NewSecret(string(answer.DID))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session = session{
		sid: models.NewSecret(sid), token: models.NewSecret(token),
		version: version, number: c.session.number + 1,
	}
	if !device.Empty() && device.Reveal() != sent.Reveal() {
		c.issued, c.device = device, device
	}
	return nil
}

// fitsHeader reports whether a credential can travel in a header and a cookie.
func fitsHeader(text string) bool {
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c >= 0x7f || c == ';' || c == ',' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// signOut ends the session. One that has ended by itself is no error, nor is a
// second signOut.
func (c *Client) signOut(ctx context.Context) error {
	c.mu.Lock()
	current, finished := c.session, c.finished
	c.mu.Unlock()
	var err error
	if finished == nil && !current.sid.Empty() {
		m := methodLogout
		m.versions = []int{current.version}
		_, err = c.call(ctx, m, c.host, nil)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session.sid, c.session.token = models.Secret{}, models.Secret{}
	c.finished = errClosed()
	var refused *failure
	if errors.As(err, &refused) && (refused.code == codeDenied || isSessionLoss(refused.code)) {
		return nil
	}
	return err
}
