package cli

import (
	"runtime"
	"strings"
)

// unicode reports whether the locale's characters are UTF-8: the first of
// LC_ALL, LC_CTYPE and LANG that is set decides, as POSIX has it. With none set
// the locale is "C": ASCII.
func (p *program) unicode() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(p.Getenv(name)); value != "" {
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return runtime.GOOS == "windows"
}
