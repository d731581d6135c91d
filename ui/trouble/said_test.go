package trouble_test

import (
	"fmt"
	"slices"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/trouble"
)

// What a server said is told in its order, with who says it and how deep it
// lies.
func TestTree(t *testing.T) {
	said := []models.Message{
		{Kind: models.MessageInformation, Source: "Business Rules", Inner: []models.Message{
			{Kind: models.MessageTriggered, Text: "send for approval", Inner: []models.Message{
				{Kind: models.MessageApproval, Text: "request submitted for approval"},
			}},
		}},
		{Kind: models.MessageWarning, Text: "no licence is left"},
	}
	var got []string
	for _, s := range trouble.Tree(said) {
		got = append(got, fmt.Sprintf("%d %s", s.Depth, s.Text))
	}
	want := []string{
		"0 information (Business Rules)", "1 set off: send for approval",
		"2 approval: request submitted for approval", "0 warning: no licence is left",
	}
	if !slices.Equal(got, want) {
		t.Errorf("told is %q, want %q", got, want)
	}
}

func TestTreeOfAServerThatSaysTooMuch(t *testing.T) {
	deep := models.Message{Text: "bottom"}
	for range 5000 {
		deep = models.Message{Text: "step", Inner: []models.Message{deep}}
	}
	all := trouble.Tree([]models.Message{deep, deep})
	if last := all[len(all)-1]; len(all) > 400 || last.Text != "and more, which is not shown" {
		t.Errorf("%d lines, the last is %q", len(all), last.Text)
	}
}
