package adaxes

import (
	"context"
	"errors"

	"dirdesk/models"
)

// call sends a request that changes nothing and gives the body of its answer,
// unread. It is the only way to the server beside operate. Errors are
// *models.Error, *models.CertificateError or, when the caller's context ended,
// that context's error.
func (b *Backend) call(ctx context.Context, r request) ([]byte, error) {
	a, err := b.ask(ctx, r)
	if err != nil {
		return nil, err
	}
	return a.body, nil
}

// ask sends a request and, when the server does not take the token, signs in
// again and sends it once more: a 401 means that nothing was done (inferred for
// changes; the server looks at the token first).
func (b *Backend) ask(ctx context.Context, r request) (answer, error) {
	if err := ctx.Err(); err != nil {
		return answer{}, err
	}
	s, err := b.currentSession(ctx, r)
	if err != nil {
		return answer{}, b.explain(r, err)
	}
	a, err := b.send(ctx, r, s)
	if isUnauthenticated(err) && !r.anonymous && !b.hasAccessToken() {
		if err := b.renew(ctx, s); err != nil {
			return answer{}, b.explain(r, err)
		}
		s, err = b.currentSession(ctx, r)
		if err != nil {
			return answer{}, b.explain(r, err)
		}
		a, err = b.send(ctx, r, s)
	}
	if err != nil {
		return a, b.explain(r, err)
	}
	if !r.anonymous {
		b.worked.Store(true)
	}
	return a, nil
}

// explain makes of any error the one a person gets: what was tried, on what,
// what happened, and what to do.
func (b *Backend) explain(r request, err error) error {
	var f *failure
	var known *models.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		if known.Action != "" {
			return err
		}
		filled := *known
		filled.Action, filled.Object = r.action, r.object
		if filled.Object == "" {
			filled.Object = b.base.Host
		}
		return &filled
	case errors.As(err, &f):
		return b.explainFailure(r, f)
	default: // a certificate to be looked at, or the context's end
		return err
	}
}

// notUnderstood is for an answer of another form than is known. For a change it
// leaves open what was done.
func (b *Backend) notUnderstood(r request, a answer) error {
	words := "the answer is not understood"
	if first(a.body) == '<' {
		words = "the answer is a web page, not Adaxes' own"
	} else if len(a.body) == 0 {
		words = "the answer is empty"
	}
	e := &models.Error{
		Kind: reason{words, models.ErrProtocol}, Advice: adviceHost, Server: b.cleanFor(r).excerpt(a.body),
		Action: r.action, Object: r.object,
	}
	if e.Object == "" {
		e.Object = b.base.Host
	}
	if !r.write {
		return e
	}
	return b.explain(r, lost(e))
}

// cleanFor knows the secrets that must not be told again after a request.
func (b *Backend) cleanFor(r request) scrubber {
	b.mu.Lock()
	s := b.session
	b.mu.Unlock()
	return newScrubber(append([]models.Secret{s.token, s.id, b.options.Password}, r.secrets...)...)
}
