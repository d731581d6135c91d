package synology

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// noToken is what DSM sends in synotoken when no token was asked for (two live
// reports).
const noToken = "--------"

// signIn opens a session with the newest version of the login that the server
// takes. Errors keep the *failure inside.
func (c *connection) signIn(ctx context.Context, code models.Secret, remember bool) error {
	m := methodLogin
	for {
		to, err := c.lookup(ctx, m)
		if err != nil {
			return c.explain(m, c.options.Account, err)
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
		m.versions = slices.DeleteFunc(slices.Clone(m.versions), func(v int) bool { return v >= to.version })
		if _, ok := m.version(to.entry); !ok {
			return err
		}
	}
}

func (c *connection) signInWith(ctx context.Context, m method, version int, code models.Secret, remember bool) error {
	c.mu.Lock()
	device := c.device
	c.mu.Unlock()
	p := params{
		"account": c.options.Account, "passwd": c.options.Password.Reveal(),
		"session": "webui", "format": "sid", "enable_syno_token": true,
	}
	// Device tokens exist from version 6 on (official guide).
	switch {
	case !code.Empty():
		p["otp_code"] = strings.ReplaceAll(strings.TrimSpace(code.Reveal()), " ", "")
		if remember && version >= 6 {
			p["enable_device_token"] = true
			p["device_name"] = c.options.DeviceName
		}
	case !device.Empty() && version >= 6:
		p["device_id"] = device.Reveal()
		p["device_name"] = c.options.DeviceName
	}
	data, err := c.call(ctx, m, c.options.Account, p)
	if err != nil {
		return err
	}
	return c.accept(data, version, device)
}

// accept takes the credentials out of the answer to a login. Versions 3 to 5
// have the sid and perhaps a token, 6 adds did, 7 calls that device_id; empty
// ones mean none (docs/dsm.md section 3.2; live).
func (c *connection) accept(data json.RawMessage, version int, sent models.Secret) error {
	answer := members(data)
	refuse := func(words string) error {
		return c.explain(methodLogin, c.options.Account, webclient.Fault(models.ErrProtocol, words, adviceHost))
	}
	sid, token := answer.Text("sid"), answer.Text("synotoken")
	if sid == "" {
		return refuse("DSM accepted the sign-in but gave no session")
	}
	if token == noToken {
		token = ""
	}
	if !fitsHeader(sid) || !fitsHeader(token) {
		return refuse("DSM gave a session that cannot be sent back")
	}
	device := models.NewSecret(cmp.Or(answer.Text("device_id"), answer.Text("did")))
	c.sessions.Take(session{sid: models.NewSecret(sid), token: models.NewSecret(token), version: version})
	c.mu.Lock()
	defer c.mu.Unlock()
	if !device.Empty() && device.Reveal() != sent.Reveal() {
		c.issued, c.device = device, device
	}
	return nil
}

// fitsHeader reports whether a credential can travel in a header and a cookie.
func fitsHeader(text string) bool {
	return webclient.FitsHeader(text) && !strings.ContainsAny(text, `;,"\\`)
}

// signOut ends the session. One that has ended by itself is no error, nor is a
// second signOut.
func (c *connection) signOut(ctx context.Context) error {
	current, ended := c.sessions.Now()
	var err error
	if ended == nil && !current.Session.sid.Empty() {
		m := methodLogout
		m.versions = []int{current.Session.version}
		_, err = c.call(ctx, m, c.host, nil)
	}
	c.sessions.Close()
	var refused *failure
	if errors.As(err, &refused) && (refused.code == codeDenied || methodLogout.findsSessionLost(refused.code)) {
		return nil
	}
	return err
}

// signInAgain opens the next session, without a one-time code.
func (c *connection) signInAgain(ctx context.Context) error {
	c.options.Logger.Info("dsm session lost, signing in again", "host", c.host)
	return c.signIn(ctx, models.Secret{}, false)
}

// refusedAgain is models.ErrSession, and what kept the sign-in from being repeated
// as well; nil when DSM has not looked at the account.
func refusedAgain(err error) error {
	var refused *failure
	if !errors.As(err, &refused) {
		return nil
	}
	means, ok := authCodes().find(refused.code)
	if !ok {
		return nil
	}
	words, advice := "the session has ended, and signing in again was refused: "+means.words, means.advice
	if errors.Is(means.kind, models.ErrCodeRequired) {
		words = "the session has ended, and signing in again takes a new one-time code"
		advice = "Enter the password here; the code is asked for next."
	}
	e := webclient.Fault(models.ErrSession, words, advice)
	e.Code, e.Server, e.Err = refused.Code(), refused.Words(), err
	return e
}
