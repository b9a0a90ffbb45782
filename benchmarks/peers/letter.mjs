// An edition as plain data -> the letter as a React element: the same sections, pictures, buttons and paragraphs as our
// own, written the way react-email's own examples are.
import { createElement as h } from "react";
import {
  Body, Button, Column, Container, Head, Heading, Hr, Html, Img, Link, Markdown, Preview, Row, Section, Text,
} from "@react-email/components";

const sans = { fontFamily: '"Helvetica Neue", Helvetica, Arial, sans-serif', color: "#141414" };
const body = { ...sans, fontSize: 16, lineHeight: "24px", margin: "0 0 16px" };
const small = { ...sans, fontSize: 14, lineHeight: "24px", color: "#5c5c5c" };

const part = (section, key) =>
  h(Section, { key, style: { padding: "0 56px 64px" } },
    h(Hr, { style: { borderTop: "2px solid #141414" } }),
    h(Row, {}, h(Column, {}, h(Text, { style: small }, section.label)), h(Column, { align: "right" }, h(Text, { style: small }, section.detail))),
    section.title && h(Heading, { as: "h2", style: { ...sans, fontSize: 28, lineHeight: "32px" } }, section.title),
    section.image && h(Img, { src: section.image.file, alt: section.image.alt, width: 488 }),
    section.image && h(Text, { style: small }, section.image.caption, " ", section.image.credit),
    section.standfirst && h(Text, { style: { ...body, fontSize: 20, lineHeight: "28px" } }, section.standfirst),
    ...section.bodies.map((text, at) => h(Markdown, { key: at, markdownCustomStyles: { p: body } }, text)),
    section.url && h(Button, { href: section.url, style: { ...body, background: "#ffe600", padding: "12px 24px", fontWeight: 700 } }, section.button),
    ...section.sources.map((source, at) => h(Text, { key: `s${at}`, style: small }, h(Link, { href: source.url }, source.title), ", ", source.publisher)));

/** The whole letter. */
export const letterOf = (edition) =>
  h(Html, { lang: edition.language, dir: "ltr" },
    h(Head, {}, h("title", {}, edition.subject)),
    h(Preview, {}, edition.preheader),
    h(Body, { style: { background: "#ffffff", margin: 0 } },
      h(Container, { style: { maxWidth: 600 } },
        h(Section, { style: { background: "#ffe600", padding: "24px 56px" } }, h(Heading, { as: "h1", style: { ...sans, fontSize: 112, lineHeight: "104px" } }, edition.masthead)),
        ...edition.sections.map(part),
        h(Section, { style: { padding: "0 56px 64px" } }, h(Hr), ...edition.footer.map((line, at) => h(Text, { key: at, style: small }, line))))));
