package export

import (
	"bufio"
	"html"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// htmlWriter writes one page that needs no network. All text is escaped; there is
// no script, and the page forbids any.
type htmlWriter struct {
	out     *bufio.Writer
	options Options
	columns []models.Column
	count   int
}

// pageHead is the page up to its title. It is read in light and dark, on paper and on
// a telephone.
const pageHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root{color-scheme:light dark}
body{font:15px/1.4 system-ui,sans-serif;margin:1.5rem}
table{border-collapse:collapse}
th,td{padding:.25rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #8884;overflow-wrap:anywhere}
thead{display:table-header-group}
.cut{font-weight:bold;color:#c00}
@media (max-width:640px){thead{display:none}tr{display:block;margin-bottom:1rem}td{display:block;border:0;padding:.1rem 0}
td:empty{display:none}td::before{content:attr(data-title) ": ";font-weight:bold}}
@media print{body{margin:0;font-size:10pt}tr{break-inside:avoid}}
</style>
`

func (h *htmlWriter) Begin() error {
	title := h.options.Title
	if title == "" {
		title = "Directory"
	}
	text := pageHead + "<title>" + h.text(title) + "</title></head><body>\n<h1>" + h.text(title) + "</h1>\n<p>" +
		h.text(h.options.Now.Format("2006-01-02 15:04 MST")) + "</p>\n<table><thead><tr>"
	for _, c := range h.columns {
		text += "<th>" + h.text(c.Title) + "</th>"
	}
	return h.write(text + "</tr></thead><tbody>\n")
}

func (h *htmlWriter) Objects(objects []models.Object) error {
	for i := range objects {
		var row strings.Builder
		for _, c := range h.columns {
			row.WriteString(`<td data-title="` + h.text(c.Title) + `">` + h.text(c.Text(&objects[i], h.options.Now)) + "</td>")
		}
		if err := h.write("<tr>" + row.String() + "</tr>\n"); err != nil {
			return err
		}
	}
	h.count += len(objects)
	return h.out.Flush()
}

func (h *htmlWriter) End(cut string) error {
	text := "</tbody></table>\n<p>" + english.Count(h.count, "object") + "</p>\n"
	if cut != "" {
		text += `<p class="cut">INCOMPLETE: ` + h.text(cut) + "</p>\n"
	}
	if err := h.write(text + "</body></html>\n"); err != nil {
		return err
	}
	return h.out.Flush()
}

func (h *htmlWriter) write(text string) error {
	_, err := h.out.WriteString(text)
	return err
}

func (h *htmlWriter) text(text string) string {
	return html.EscapeString(h.options.Clean.Safe(terminaltext.OneLine(text)))
}
