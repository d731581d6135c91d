package ui_test

import (
	"testing"

	"dirdesk/models"
	"dirdesk/ui/connect"
	"dirdesk/ui/uitest"
)

func TestLostSessionAsksAndGoesOn(t *testing.T) {
	t.Parallel()
	d := uitest.NewDirectory()
	s := uitest.Berlin(t, uitest.Options{Backend: d})
	s.Press("j")
	d.Fail = func(models.ListRequest) error { return &models.Error{Kind: models.ErrSession, Action: "list"} }
	s.Press("r")
	s.Shows("Signed out", "session ended", "Password")
	fresh := uitest.NewDirectory()
	s.Send(connect.Opened{Backend: fresh, Profile: models.Profile{Name: "test"}})
	s.Shows("Staff › Berlin", "8 objects")
	s.Hides("Signed out", "Could not")
	s.Under("Jörg")
	if !d.Closed() {
		t.Error("the lost connection was not closed")
	}
	if len(fresh.Requests()) == 0 {
		t.Error("what failed was not done again over the new connection")
	}
}

func TestLostSessionCanBeLeft(t *testing.T) {
	t.Parallel()
	d := uitest.NewDirectory()
	s := uitest.Berlin(t, uitest.Options{Backend: d})
	d.Fail = func(models.ListRequest) error { return &models.Error{Kind: models.ErrSession, Action: "list"} }
	s.Press("r")
	s.Send(connect.Cancelled{})
	s.Shows("Anna Schmidt", "session ended. r tries again")
	s.Press("r")
	s.Shows("Signed out")
}
