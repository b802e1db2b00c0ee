/** A small picture of a sun over a meadow. */
export const PICTURE_BYTES =
  'iVBORw0KGgoAAAANSUhEUgAAAEgAAAA4CAIAAADRrSnRAAABeUlEQVR42u3PR04DURCE4ToZp2DFHcgZTM45cwjnnO1jcIm6ASsWIyHLkgd7ukZIrSd9y/fU9eNzSJfwMaRLeB/QJbwN6BJe+3QJL326hOceXcJTjy7hsUuX8NClS7jv0CXcdegSbtt0CTdtuoTrFl3CVYsu4bJJl3DRZHq+vxbipXca5w2m4c+kUWkMwFmDcjNVReQbcFqnVoKqiHYGTuoUSlwVES7BcY0qxqqIagyOapSQVEUke3BYpYQwTLIHB1XaCasi9knIVGgnD7NPwn6FdvIw+yTslWknD7NPwm6ZdvIw+yTslGgnD7NPwnaJdvIw+yRsFWknD7NPwmaRdvIw+yRsFGgnD7NPwnqBdvIw+ySs5SkhrJLswWqeEsIwyR6s5KgiqVKNwVxmftRyjtOY9MtYNdOteONho5aynCTmV+KqBLdiFsaFjVnM8lf8ywRViW9N+jVD2EwsVRJphU2Zl97pdMP+UQgLYSEshIWwEBbCQlgIM/sBW3FIdjeYRzUAAAAASUVORK5CYII=';

export const PICTURE = new File(
  [Uint8Array.from(atob(PICTURE_BYTES), (character) => character.charCodeAt(0))],
  'sun.png',
  {
    type: 'image/png',
  },
);
