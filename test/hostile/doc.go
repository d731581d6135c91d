// Package hostile runs the program against servers that are broken or mean harm, and
// measures what each costs it: time, and the most memory that it had at any moment.
package hostile
