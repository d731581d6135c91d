package dsm

import "strings"

// query is SYNO.API.Info: which APIs there are. It takes "all", a comma list of
// names, or of prefixes that end in a dot; an unknown name is left out.
func (h *Handler) query(c *call) (any, *failure) {
	in := c.input()
	wanted := unquote(in.text("query"))
	if in.failure != nil {
		return nil, in.failure
	}
	answer := map[string]any{}
	for name := range strings.SplitSeq(wanted, ",") {
		name = strings.TrimSpace(name)
		for _, a := range h.apis {
			if name == "all" || name == a.name || strings.HasSuffix(name, ".") && strings.HasPrefix(a.name, name) {
				answer[a.name] = a.describe()
			}
		}
	}
	return answer, nil
}

func (a api) describe() map[string]any {
	d := map[string]any{"maxVersion": a.highest, "minVersion": a.lowest, "path": "entry.cgi"}
	if a.json {
		d["requestFormat"] = "JSON"
	}
	return d
}
