package connect

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/list"
)

// spinnerStep is how long the spinner shows one picture.
const spinnerStep = 125 * time.Millisecond

// closeTimeout bounds how long a connection that came too late may take to end.
const closeTimeout = 5 * time.Second

// spinMsg moves the spinner of one attempt on.
type spinMsg struct{ attempt int }

// answeredMsg is the outcome of one attempt.
type answeredMsg struct {
	attempt  int
	opened   Opened
	asked    models.SignIn
	err      error
	refusing bool // err is about keeping a certificate, before anything was opened
}

// open starts an attempt with the answers so far, after keeping a certificate
// when one was trusted just now.
func (m *Model) open(trust *models.CertificateError) tea.Cmd {
	m.Close()
	m.wrong = ""
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	m.stage, m.form, m.note, m.text, m.frame = waiting, nil, nil, list.Text{}, 0
	connector, in, attempt := m.connector, m.signIn(), m.attempt
	save := m.asking == entering && in.Profile.Name != ""
	return tea.Batch(m.tick(), func() tea.Msg {
		answer := answeredMsg{attempt: attempt, asked: in}
		if trust != nil {
			if err := connector.Trust(trust); err != nil {
				answer.err, answer.refusing = err, true
				return answer
			}
		}
		backend, err := connector.Open(ctx, in)
		if err != nil {
			answer.err = err
			return answer
		}
		answer.opened = Opened{Backend: backend, Profile: in.Profile, Secret: in.Password}
		if !in.Token.Empty() {
			answer.opened.Secret = in.Token
		}
		if save {
			answer.opened.NotSaved = connector.Save(in.Profile)
		}
		return answer
	})
}

// answered acts on the outcome. A password that was not accepted is forgotten;
// nothing is ever sent again without a person asking for it.
func (m *Model) answered(msg answeredMsg) tea.Cmd {
	if msg.attempt != m.attempt {
		return discard(msg.opened.Backend)
	}
	m.Close()
	if msg.err == nil {
		return m.succeeded(msg)
	}
	hadCode := m.answers.code != ""
	m.answers.code = ""
	certificate, unsure := errors.AsType[*models.CertificateError](msg.err)
	domains, several := errors.AsType[DomainChoice](msg.err)
	switch err := msg.err; {
	case msg.refusing:
		return m.fail(err)
	case unsure:
		m.certificate = certificate
		if certificate.Known != "" {
			return m.show(warned)
		}
		m.answers.trust = false
		return m.show(judging)
	case errors.Is(err, models.ErrCodeRequired) && !hadCode:
		return m.show(coding)
	case errors.Is(err, models.ErrCodeRequired), errors.Is(err, models.ErrCodeRejected):
		m.note = trouble(m.theme, err)
		return m.show(coding)
	case several && len(domains.Domains()) > 0:
		m.domains = domains.Domains()
		m.answers.domain = m.domains[0]
		return m.show(choosing)
	case errors.Is(err, models.ErrInvalid) && m.scheme().Token && msg.asked.Token.Empty() && msg.asked.Password.Empty():
		m.note = trouble(m.theme, err) // no token is kept for it after all
		return m.showAt(m.questions(), fieldToken)
	case errors.Is(err, models.ErrCredentials), errors.Is(err, models.ErrSession) && m.scheme().Token:
		field := fieldPassword
		if m.scheme().Token && m.answers.password == "" {
			field = fieldToken
		}
		m.answers.password, m.answers.token = "", ""
		m.note = trouble(m.theme, err)
		return m.showAt(m.questions(), field)
	default:
		return m.fail(err)
	}
}

// succeeded hands the connection over, once it is known what is to become of a
// token that was typed.
func (m *Model) succeeded(msg answeredMsg) tea.Cmd {
	typed := m.answers.token != "" && m.answers.token != m.given.Token.Reveal()
	m.answers.password, m.answers.code, m.answers.token = "", "", ""
	if _, able := m.connector.(TokenKeeper); !able || !typed {
		return func() tea.Msg { return msg.opened }
	}
	m.opened, m.typed, m.answers.keep = &msg.opened, msg.asked.Token, false
	return m.show(keeping)
}

// kept keeps the token when that is wished, and hands the connection over.
func (m *Model) kept() tea.Cmd {
	if m.opened == nil {
		return nil
	}
	opened, token, keep := *m.opened, m.typed, m.answers.keep
	m.opened, m.typed = nil, models.Secret{}
	keeper, _ := m.connector.(TokenKeeper)
	m.stage, m.form = waiting, nil
	return func() tea.Msg {
		if keep && keeper != nil {
			ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
			defer cancel()
			opened.NotKept = keeper.KeepToken(ctx, opened.Profile, token)
			opened.Kept = opened.NotKept == nil
		}
		return opened
	}
}

// fail shows what went wrong and waits for a decision.
func (m *Model) fail(err error) tea.Cmd {
	m.wrong = ""
	switch {
	case errors.Is(err, models.ErrNotAuthorized), errors.Is(err, models.ErrInvalid):
		m.wrong = fieldAccount
	case m.asking == entering && (errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrCertificate)):
		m.wrong = fieldHost
	}
	m.note = trouble(m.theme, err)
	return m.show(failed)
}

// discard closes a connection that nobody waits for any more.
func discard(backend desk.Backend) tea.Cmd {
	if backend == nil {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		_ = backend.Close(ctx) // nobody is left to be told
		return nil
	}
}

// trouble tells a person what went wrong, what the server said, and what to do.
func trouble(t *theme.Theme, err error) []paragraph {
	what, server := err.Error(), ""
	known, ok := errors.AsType[*models.Error](err)
	if ok {
		what, server = known.Error(), known.Server
	}
	if errors.Is(err, context.DeadlineExceeded) && known == nil {
		what = "the server did not answer in time"
	}
	note := []paragraph{{text: english.Own(what).Capital(), style: t.Bad}}
	if server != "" {
		note = append(note, paragraph{text: "The server says: " + server, style: t.Muted})
	}
	if advice := models.AdviceFor(err); advice != "" {
		note = append(note, paragraph{text: advice, style: t.Text})
	}
	return note
}
