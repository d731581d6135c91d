package connect

import (
	"fmt"
	"strings"
	"testing"

	"dirdesk/models"
)

func certificate() *models.CertificateError {
	return &models.CertificateError{
		Host: "nas:5001", Subject: "CN=nas\x1b[31m", Issuer: "CN=Nobody", Reason: "signed by an unknown authority",
		NotBefore: today.AddDate(-2, 0, 0), NotAfter: today.AddDate(-1, 0, 0),
		Fingerprint: "sha256:" + strings.Repeat("0123456789abcdef", 4),
	}
}

func TestACertificateIsTrustedOnPurposeOnly(t *testing.T) {
	w := &wire{answers: []any{fmt.Errorf("sign in: %w", certificate()), &host{}}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	expect(t, d, "signed by an unknown authority", "0123 4567 89AB CDEF", "CN=Nobody", "2025-11-21 12:00 UTC EXPIRED", "> No, do not connect")
	d.Press("enter")
	expect(t, d, "the certificate was refused", "Sign in")
	if len(w.trusted) != 0 || len(w.asked) != 1 {
		t.Fatalf("trusted %v, asked %d times", w.trusted, len(w.asked))
	}
	w.asked = nil
	d.Press("enter")
	d.Press("down", "enter")
	opened(t, d)
	if len(w.trusted) != 1 || w.trusted[0] != "nas:5001 "+certificate().Fingerprint {
		t.Errorf("trusted %v", w.trusted)
	}
}

func TestACertificateThatCannotBeKept(t *testing.T) {
	w := &wire{answers: []any{certificate()}, trustErr: &models.Error{Kind: models.ErrServer, Action: "trust", Object: "nas:5001", Advice: "The disk is full."}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	d.Press("down", "enter")
	expect(t, d, "Not connected", "The disk is full.")
	if len(w.asked) != 1 {
		t.Errorf("it connected all the same: %d times", len(w.asked))
	}
}

func TestACertificateNotYetValid(t *testing.T) {
	c := certificate()
	c.NotBefore, c.NotAfter = today.AddDate(0, 0, 1), today.AddDate(1, 0, 0)
	_, d := start(t, &wire{answers: []any{c}}, Options{Ready: true, SignIn: models.SignIn{Profile: dsm()}})
	expect(t, d, "2026-11-22 12:00 UTC NOT YET VALID")
}

func TestAChangedCertificateCannotBeTrustedFromHere(t *testing.T) {
	c := certificate()
	c.Known = "sha256:" + strings.Repeat("fedcba9876543210", 4)
	w := &wire{answers: []any{c}}
	_, d := start(t, w, Options{Ready: true, SignIn: models.SignIn{Profile: dsm(), Password: models.NewSecret(secret)}})
	expect(t, d, "HAS CHANGED", "FEDC BA98", "0123 4567", "dirdesk trust forget nas:5001", "nas:5001")
	d.Press("y", "t", "down", "r", "e", "enter")
	if len(w.trusted) != 0 || len(w.asked) != 1 {
		t.Errorf("trusted %v, asked %d times", w.trusted, len(w.asked))
	}
	expect(t, d, "Sign in")
}
