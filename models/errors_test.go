package models_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"dirdesk/models"
)

func TestErrorSaysWhatHappenedToWhat(t *testing.T) {
	cause := errors.New("connection refused")
	for want, err := range map[string]*models.Error{
		"list OU=Sales: permission denied (105)": {Kind: models.ErrDenied, Action: "list", Object: "OU=Sales", Code: "105"},
		"sign in: not reachable":                 {Kind: models.ErrUnreachable, Action: "sign in", Err: cause, Server: "secret words", Advice: "try again"},
		"sign in: connection refused":            {Action: "sign in", Err: cause},
		"no such object":                         {Kind: models.ErrNotFound},
		"failed":                                 {},
	} {
		if got := err.Error(); got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}

func TestErrorIsItsKindAndItsCause(t *testing.T) {
	err := fmt.Errorf("page 3: %w", &models.Error{Kind: models.ErrUnreachable, Err: fmt.Errorf("dial: %w", context.Canceled)})
	var known *models.Error
	if !errors.Is(err, models.ErrUnreachable) || !errors.Is(err, context.Canceled) || !errors.As(err, &known) {
		t.Error("kind or cause got lost")
	}
	if errors.Is(err, models.ErrDenied) || errors.Is(&models.Error{}, models.ErrDenied) {
		t.Error("it is of another kind")
	}
}

func TestCertificateError(t *testing.T) {
	fresh := &models.CertificateError{Host: "nas:5001", Reason: "self-signed", Fingerprint: "sha256:aa"}
	changed := &models.CertificateError{Host: "nas:5001", Fingerprint: "sha256:aa", Known: "sha256:bb"}
	if !errors.Is(fresh, models.ErrCertificate) || errors.Is(fresh, models.ErrCertChanged) {
		t.Error("a certificate never seen is taken for a changed one")
	}
	if !errors.Is(changed, models.ErrCertificate) || !errors.Is(changed, models.ErrCertChanged) {
		t.Error("a changed certificate is not seen as one")
	}
	if got := fresh.Error(); got != "the certificate of nas:5001 is not trusted: self-signed (sha256:aa)" {
		t.Error(got)
	}
	if got := changed.Error(); got != "the certificate of nas:5001 has changed: was sha256:bb, is sha256:aa" {
		t.Error(got)
	}
}

func TestCategoriesAndFlags(t *testing.T) {
	if len(models.Categories()) != 6 {
		t.Errorf("%d categories", len(models.Categories()))
	}
	for _, c := range models.Categories() {
		holds := c == models.OrganizationalUnit || c == models.Container || c == models.BuiltinDomain
		if c.HoldsObjects() != holds || c.Label() == "" || c.Label() == "object" {
			t.Errorf("%s: holds objects %v, words %q", c, c.HoldsObjects(), c.Label())
		}
	}
	if models.Category("").Label() != "object" || models.Category("Print-Queue").Label() != "printer" || models.Category("rpcGroup").Label() != "rpcGroup" || models.Person.Label() != "user" {
		t.Error("words of a category")
	}
	if models.FlagOf(true) != models.Yes || models.FlagOf(false) != models.No || models.Unknown.Known() || !models.No.Known() {
		t.Error("flags")
	}
	if got := models.Yes.Label() + models.No.Label() + models.Flag(9).Label(); got != "yesnounknown" {
		t.Error(got)
	}
}
