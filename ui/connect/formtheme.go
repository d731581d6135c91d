package connect

import (
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"dirdesk/theme"
)

// formTheme draws huh's forms in the look of the screen. Where room is short
// the fields stand close together.
func formTheme(t *theme.Theme, tight bool) huh.Theme {
	s := huh.ThemeBase(t.Options.Dark)
	gap := "\n\n"
	if tight {
		gap = "\n"
	}
	s.FieldSeparator = lipgloss.NewStyle().SetString(gap)
	bar := lipgloss.Border{Left: t.Glyphs.ScrollThumb}
	plain := lipgloss.NewStyle()
	f := &s.Focused
	f.Base = plain.PaddingLeft(1).BorderStyle(bar).BorderLeft(true).BorderForeground(t.Focused.GetForeground())
	f.Title = t.Title
	f.Description = t.Muted
	f.ErrorIndicator = t.Bad.SetString(" !")
	f.ErrorMessage = t.Bad
	f.SelectSelector = t.Accent.SetString("> ")
	f.Option, f.SelectedOption, f.UnselectedOption = t.Text, t.Title, t.Text
	f.TextInput.Placeholder = t.Muted
	f.TextInput.Prompt = t.Accent
	f.TextInput.Text = t.Text
	f.TextInput.Cursor = t.Focused
	s.Blurred = s.Focused
	s.Blurred.Base = plain.PaddingLeft(2)
	s.Blurred.Title = t.Text
	s.Blurred.SelectSelector = plain.SetString("> ")
	return huh.ThemeFunc(func(bool) *huh.Styles { return s }) // made once: it is asked for at every turn
}
