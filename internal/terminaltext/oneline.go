package terminaltext

import "strings"

// OneLine shows the line breaks of a text as " / " and its tabs as spaces, for
// where there is one line only. It is not safe to print yet.
func OneLine(text string) string {
	return strings.NewReplacer("\r\n", " / ", "\n", " / ", "\r", " / ", "\t", " ").Replace(text)
}
